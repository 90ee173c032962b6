"""The form of a record: its fields and rows, what a person put into them, and which changes of the record that asks for."""
