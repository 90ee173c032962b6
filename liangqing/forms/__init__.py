"""Forms that come back filled in: what they are known by, and what stands in their cells."""
