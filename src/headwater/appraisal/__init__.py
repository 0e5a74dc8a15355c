"""Cost, discount, cashability, net present social value, and the reverse questions."""
