"""Measurements of training under load, against a real server on loopback."""
