"""Who has the floor: Full-Duplex-Bench v1 and v1.5, turn ends, and presence, by their rules."""
