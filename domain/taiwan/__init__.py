"""Numbers, dates and names as Taiwan writes them: one file a number."""
