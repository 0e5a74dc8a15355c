"""From an agreement, a cohort list and the returns to the claims that `settle` reads."""
