"""Find the entries that may answer a question: texts cleaned, indexed and compared."""
