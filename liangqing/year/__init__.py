"""One year as it stands at the end of a day (`state`), and whether its data is right (`rules`)."""
