"""Maintenance, and later services, checks, evidence and outages."""
