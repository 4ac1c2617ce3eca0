// Rooms/Sites/Records
