"""A Word file put into a paper: its text, and the styles, lists, notes and parts that it needs, under ids of their own."""
