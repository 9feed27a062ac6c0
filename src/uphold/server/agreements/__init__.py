"""Published revisions, their translations, and what may be read of them."""
