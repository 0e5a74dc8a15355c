"""Fit a place's pathway to its own records."""
