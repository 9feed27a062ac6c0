"""Facts appended in one order, with everything that is written with them."""
