// Rooms/People/Tests
