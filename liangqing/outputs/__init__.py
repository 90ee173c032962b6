"""Other views of a year than papers: the ledger, the overview page, what waits."""
