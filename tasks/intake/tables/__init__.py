"""Grids to tables: where the headings are, what each column gives, which rows are none.

How files become grids is in tasks.intake.files, what one form service does in
tasks.intake.services, what a cell says in tasks.intake.cells.
"""
