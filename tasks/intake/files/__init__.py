"""Bytes of a delivered file to grids of cells."""
