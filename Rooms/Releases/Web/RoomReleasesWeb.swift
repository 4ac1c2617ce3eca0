// Rooms/Releases/Web
