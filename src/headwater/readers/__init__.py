"""Readers: what others publish or return, read into core types, with findings."""
