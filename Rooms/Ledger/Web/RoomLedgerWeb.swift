// Rooms/Ledger/Web
