"""What a template may read: one table of variables a subject (docs/使用手册/模板变量.md)."""
