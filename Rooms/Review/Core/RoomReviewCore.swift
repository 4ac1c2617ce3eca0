// Rooms/Review/Core
