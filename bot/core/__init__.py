"""Match, decide and word replies: pure functions over plain values."""
