"""Pure: a shot document, its compiler and its rules."""
