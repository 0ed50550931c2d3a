"""Show things on Discord: build messages and dialogs that fit, and obey nothing that others wrote."""
