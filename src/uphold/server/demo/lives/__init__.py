"""How requests, orders and the rest go in each of the demo's houses."""
