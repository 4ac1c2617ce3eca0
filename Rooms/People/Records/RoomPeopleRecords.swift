// Rooms/People/Records
