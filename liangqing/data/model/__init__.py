"""The domain: frozen records with English names and Chinese keys (design: data.md). No I/O, no formatting."""
