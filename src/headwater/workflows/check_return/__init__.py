"""Hold a statutory return against its rules, and say what each breach may move."""
