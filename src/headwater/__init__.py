"""Headwater: what helping families early would change here, cost, save, and for whom."""

__version__ = "0.1.0"
