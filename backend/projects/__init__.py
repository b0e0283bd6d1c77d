"""Projects, the top-level container."""
