// Rooms/Shared/Tests
