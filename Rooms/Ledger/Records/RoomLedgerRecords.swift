// Rooms/Ledger/Records
