"""`python -m flows` is the command `kipp`."""

from flows.cli import main

main()
