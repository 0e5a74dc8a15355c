"""Scripts that turn folders of published facts into the catalogue's data files.

Each runs as ``uv run --group build python -m catalogue_build.NAME FACTS_FOLDER`` and rewrites its
own files under ``src/headwater/catalogue/data``.
"""
