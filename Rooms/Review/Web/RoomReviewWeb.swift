// Rooms/Review/Web
