"""Run the use cases: one public method, one transaction."""
