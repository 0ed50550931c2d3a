"""Compare questions that look alike: opposites, numbers, negations."""
