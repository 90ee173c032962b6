"""A year packed for the archive, and a package checked."""
