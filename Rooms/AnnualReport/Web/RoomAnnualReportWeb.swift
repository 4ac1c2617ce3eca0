// Rooms/AnnualReport/Web
