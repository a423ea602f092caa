"""What the commands do, a module per command: check, report, explain, sheets, new, archive, verify.

The options of a command stand in flows.terminal. The night itself stands in flows.night.
"""
