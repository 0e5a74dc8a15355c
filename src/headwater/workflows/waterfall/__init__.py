"""Who gets what of an agreement's money, when, and what each may lose."""
