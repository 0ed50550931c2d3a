"""Word what members and moderators read, once for all platforms."""
