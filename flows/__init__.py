"""What runs, when, in which order. Computing stands in tasks, pages stand in reports."""
