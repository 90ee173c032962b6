"""What a template may read: one table of variables a subject (architecture.md, "Variables")."""
