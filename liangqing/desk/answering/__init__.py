"""What every page of the desk shares: the workspace that a request looks at, forms that come in, pages that go out."""
