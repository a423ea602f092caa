"""What a reader sees: Results in, documents out."""
