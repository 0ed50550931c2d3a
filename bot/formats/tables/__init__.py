"""Read what has columns or named values: CSV, workbooks, and JSON of many programs."""
