"""Write a return without identifiers, under a key that is kept apart from it."""
