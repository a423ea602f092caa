"""Text of cells to dates, numbers, answers."""
