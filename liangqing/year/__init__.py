"""A year on a day, and whether it is right."""
