// Rooms/Sites/Core
