"""Touches the disk or bucket: pull, runs and `current`, cache, archive, lock."""
