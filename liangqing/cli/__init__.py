"""The command line (click): the only place that prints, reads the clock or exits."""
