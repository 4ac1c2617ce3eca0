// Rooms/Releases/Tests
