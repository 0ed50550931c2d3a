"""Understand what people say around their questions."""
