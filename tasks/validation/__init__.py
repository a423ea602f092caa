"""Rules on cells and keys, checked by Great Expectations."""
