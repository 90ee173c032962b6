"""The pages of the desk, a module a place: each has a table PAGES of its answers."""
