"""What of a person's Word file may go on into a paper: one list, and what happens to all that is not on it."""
