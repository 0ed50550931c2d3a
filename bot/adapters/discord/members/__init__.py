"""Take what everybody does on Discord: ask, press, browse, and see what is kept of them."""
