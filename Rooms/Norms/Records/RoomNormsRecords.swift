// Rooms/Norms/Records
