"""Results: the tables of data/, written and read back."""
