"""One metric a module: what it counts, from which returns, and what must be looked at beside it."""
