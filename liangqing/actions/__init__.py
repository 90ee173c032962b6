"""What a person does to a workspace: build, issue, void, verify, a new workspace or year, papers chosen to be printed."""
