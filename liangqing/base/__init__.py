"""What everybody needs and nothing of the domain: diagnostics, Chinese words, working days, folders, zips, files."""
