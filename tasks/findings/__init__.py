"""Findings: the catalogue of their rules, the frame, the wording."""
