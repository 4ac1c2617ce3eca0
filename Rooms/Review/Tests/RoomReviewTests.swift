// Rooms/Review/Tests
