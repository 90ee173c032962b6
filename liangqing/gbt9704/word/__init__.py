"""Any Word file as it will look: what is really applied to each paragraph and each run of text, and where it stands."""
