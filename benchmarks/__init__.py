"""Benchmarks: `make bench`. Nothing here is part of the product, and no test depends on a time."""
