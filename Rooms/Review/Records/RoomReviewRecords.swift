// Rooms/Review/Records
