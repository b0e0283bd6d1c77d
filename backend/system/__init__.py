"""Health, metrics and what this installation can do."""
