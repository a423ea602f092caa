"""The tables of the competition's folder: agencies, judges, assignments and others; their checks.

Delivered exports stand in tasks.intake.
"""
