"""Native charts: their numbers, the workbook inside them, a new one."""
