"""Work that is due: rows with a time and a lease, handled once."""
