"""Fit and simulate the journeys of children through need, protection and care."""
