"""Data and peers of the benchmark of checks in bulk."""
