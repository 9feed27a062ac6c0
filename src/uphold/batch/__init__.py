"""Measuring in bulk: checks by the hundred million, from files to figures, over Arrow tables."""
