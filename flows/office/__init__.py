"""What each command of `kipp` does, one module a command.

Beside them stand modules that hold a part of one command or a thing that several commands need.
Options and usage stand in flows.terminal.
"""
