// Rooms/Sites/Web
