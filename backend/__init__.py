"""Auteur AI: from a screenplay to Flow-ready shots."""

__version__ = "0.1.0"
