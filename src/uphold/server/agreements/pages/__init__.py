"""The pages on which agreements are read, compared and posted: they translate, services act."""
