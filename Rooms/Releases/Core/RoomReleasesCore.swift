// Rooms/Releases/Core
