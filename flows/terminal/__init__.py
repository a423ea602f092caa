"""The `kipp` command: its options, usage and progress; the only room that exits.

What a command does stands in flows.office and flows.night.
"""
