// Rooms/Shared/Records
