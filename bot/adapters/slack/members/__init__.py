"""Take what everybody does in Slack: ask, press, look up, and see what is kept of them."""
