"""The local page: the whole work in a browser of the same machine. It holds no rule and no state of its own."""
