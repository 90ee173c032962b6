"""How matters stand on a day: counts, states of findings, what is owed, what escalates."""
