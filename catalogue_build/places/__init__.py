"""Builds the places of the catalogue from published statistics.

Run as `python -m catalogue_build.places FACTS_FOLDER`, where the folder holds the published files
as they were downloaded. Figures are copied as published; nothing is filled in.
"""
