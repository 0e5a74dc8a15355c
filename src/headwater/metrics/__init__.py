"""Count outcomes in `Episodes`, recorded or simulated alike."""
