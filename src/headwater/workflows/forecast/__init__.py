"""Children and spending in the years to come, and how past forecasts would have done."""
