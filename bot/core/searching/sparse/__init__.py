"""Find the texts nearest to a question, among a hundred thousand, in milliseconds."""
