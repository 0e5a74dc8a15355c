"""Facts as data: what ships with Headwater, and the one loader of each kind.

Everything here was written by a script under `catalogue_build/` from published files; nothing is
typed in by hand but what the scripts name as their own tables.
"""
