// Rooms/Norms/Tests
