"""Read statutory returns: their tables as they are written, and what they say of children."""
