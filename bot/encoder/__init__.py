"""Turn texts into vectors with an optional sentence encoder; the core gets it as a callable and works without it."""
