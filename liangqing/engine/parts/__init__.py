"""What a filled part needs of the package around it: relations, added parts, encodings, values."""
