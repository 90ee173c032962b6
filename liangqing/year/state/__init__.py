"""A year at the end of a day: its records, how findings stand, facts that views share, what is owed, what escalates."""
