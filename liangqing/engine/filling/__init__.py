"""A compiled part filled with values: text, rich values, pictures, controls, numbering, ids."""
