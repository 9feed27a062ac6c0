"""Organisations, people, roles, contacts, training, sign-in, tokens."""
