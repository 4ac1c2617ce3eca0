// Rooms/Sites/Tests
