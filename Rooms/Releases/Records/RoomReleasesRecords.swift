// Rooms/Releases/Records
