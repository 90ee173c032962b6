"""YAML text and what stands in it: read with places, edited at a place, written anew."""
