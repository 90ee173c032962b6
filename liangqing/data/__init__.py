"""YAML to checked, frozen records: reading, model, references, the workspace as a whole."""
