"""The four houses of the demo; every name is invented."""
