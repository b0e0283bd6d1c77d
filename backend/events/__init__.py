"""Server-sent events: what changed."""
