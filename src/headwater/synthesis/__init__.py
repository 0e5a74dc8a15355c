"""Live made-up lives, and write them as the returns that an authority would file."""
