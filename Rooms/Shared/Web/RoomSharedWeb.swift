// Rooms/Shared/Web
