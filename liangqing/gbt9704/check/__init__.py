"""Judges any Word file by GB/T 9704-2012: recognised first, then held against a table of rules."""
