"""The `kipp` command: its options, its usage and its progress; the only room that exits.

The work of a command stands in flows.office and flows.night.
"""
