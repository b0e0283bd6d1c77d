"""Shots, their slots and their Veo documents."""
