"""Ingredients: the reusable images of a project."""
