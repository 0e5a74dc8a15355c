"""Turn payments into what each party gets: instruments, the waterfall, returns."""
