"""GB/T 9704-2012 as data, and what follows from it by calculation; `word/` and `check/` hold Word files against it."""
