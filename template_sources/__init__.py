"""The wording of the product's own templates, as text files; `builder` makes Word files of them (README.md)."""
