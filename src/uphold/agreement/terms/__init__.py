"""The kinds of term, each a typed model: what a clause promises, in a form that runs."""
