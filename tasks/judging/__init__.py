"""Sheets of marks to scores and ranks: sheets, expected sheets, scores, severity, ranks, cut-off.

What does not belong here: the tables of a judging phase (tasks/phases).
"""
