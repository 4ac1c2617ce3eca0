// Rooms/People/Web
