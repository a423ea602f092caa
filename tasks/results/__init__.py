"""Results: the tables of data/, written and read back. A page reads Results and nothing else."""
