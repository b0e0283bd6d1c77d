"""Pure: bytes in, a Screenplay out."""
