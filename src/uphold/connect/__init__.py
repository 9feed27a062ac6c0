"""Foreign systems: one module each, from what they export to facts."""
