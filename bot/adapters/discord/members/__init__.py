"""Listeners for members on Discord: questions, buttons, browsing, and their own data."""
