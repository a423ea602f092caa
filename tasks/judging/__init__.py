"""Sheets of marks to scores and ranks: sheets, scores, severity, ranks, cut-off.

What does not belong here: what a phase makes of them as tables (tasks/phases)."""
