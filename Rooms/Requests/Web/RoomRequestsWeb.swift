// Rooms/Requests/Web
