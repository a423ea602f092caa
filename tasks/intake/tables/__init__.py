"""Grids to tables: where the headings are, which field each column gives, which rows are left out.

tasks.intake.files makes grids of files, tasks.intake.services knows the form services, and
tasks.intake.cells reads cells.
"""
