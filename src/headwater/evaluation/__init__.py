"""What would have happened anyway, and how good a forecast of it was."""
