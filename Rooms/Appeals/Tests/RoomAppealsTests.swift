// Rooms/Appeals/Tests
