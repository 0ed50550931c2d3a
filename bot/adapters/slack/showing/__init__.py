"""Show things in Slack: build messages, dialogs and homes that fit, and obey nothing that others wrote."""
