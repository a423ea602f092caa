"""Grids to tables: heading row, headings, rows that are left out."""
