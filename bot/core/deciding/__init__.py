"""Rank entries, decide what to do about a question, and measure how well that goes."""
