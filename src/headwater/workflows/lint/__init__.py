"""Twelve questions to an agreement, with what is exposed where the answer is no."""
