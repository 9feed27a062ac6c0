"""Requests, complaints and orders: queue, conversation, clocks; desk and portal."""
