// Rooms/Appeals/Web
