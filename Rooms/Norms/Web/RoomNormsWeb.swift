// Rooms/Norms/Web
