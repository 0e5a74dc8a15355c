"""Shipped contracts: what was published, checked against their own terms."""
