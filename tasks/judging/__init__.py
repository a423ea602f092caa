"""Sheets of marks to scores and ranks: sheets, scores, severity, ranks, cut-off."""
