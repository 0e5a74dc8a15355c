"""The sentences: the only place where rooms meet. Command, how-to and page share the name."""
