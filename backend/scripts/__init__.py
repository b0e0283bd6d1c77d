"""Screenplay import and breakdown."""
