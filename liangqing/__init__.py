"""两清两跟: one set of YAML files becomes every paper of a year of supervision."""

__version__ = "0.1.0"
