"""Scenes of a project."""
