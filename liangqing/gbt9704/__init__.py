"""GB/T 9704-2012 as data, and what follows from it by calculation: nothing here knows of Word or of our records."""
