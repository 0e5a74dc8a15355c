"""How the documentation is built: Sphinx, MyST, Furo; sources by BibTeX key."""

project = "Headwater"
copyright = "The Headwater authors"  # noqa: A001 - the name Sphinx reads
author = "The Headwater authors"

extensions = ["myst_parser", "sphinxcontrib.bibtex"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "methods/checks-table.md", "methods/record-table.md"]
root_doc = "index"
nitpicky = True

bibtex_bibfiles = ["references.bib", "sources.bib"]
bibtex_default_style = "alpha"
bibtex_reference_style = "author_year"

html_theme = "furo"
html_title = "Headwater"
html_show_sphinx = False
