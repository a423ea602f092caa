"""Exports to rows: a reader, the kinds, headings, cells."""
