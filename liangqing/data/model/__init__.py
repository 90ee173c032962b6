"""The domain: frozen records with English names and Chinese keys (docs/使用手册/数据.md). No I/O, no formatting."""
