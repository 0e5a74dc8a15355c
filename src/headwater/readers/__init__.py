"""Read files from outside into the nouns of the core, with a list of what is wrong in them."""
