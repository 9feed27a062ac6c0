"""Measuring: from evidence to outages, and from outages to availability."""
