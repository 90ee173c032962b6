"""Kinds of paper: the catalogue, one paper rendered, what was issued held against today."""
