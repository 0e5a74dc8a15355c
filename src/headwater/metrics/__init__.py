"""Count outcomes in episodes."""
