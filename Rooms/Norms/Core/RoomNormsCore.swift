// Rooms/Norms/Core
