"""Offer the use cases as terminal commands."""
