"""Money: what a miss costs, how it is claimed, and what suppliers owe."""
