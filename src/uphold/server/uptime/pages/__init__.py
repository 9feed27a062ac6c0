"""The pages of maintenance: they translate, the services act, the engine judges."""
