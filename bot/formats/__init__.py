"""Read FAQ files: bytes in, records and located problems out."""
