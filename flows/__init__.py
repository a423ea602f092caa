"""What runs, when, in which order. Prefect lives here and nowhere else."""
