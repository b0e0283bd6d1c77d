"""Tests of the whole backend, on the real services."""
