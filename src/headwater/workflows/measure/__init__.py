"""Count an outcome for a cohort from the records that an authority holds."""
