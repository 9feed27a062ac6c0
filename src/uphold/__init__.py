"""Uphold runs service-level agreements."""
