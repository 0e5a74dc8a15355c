"""The odds of an agreement: to pay for nothing, and not to pay for success."""
