"""The tables beside competition.toml: agencies, judges, assignments and others; their checks.

Delivered exports stand in tasks.intake.
"""
