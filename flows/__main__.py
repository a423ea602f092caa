"""`python -m flows` is the command `kipp`.

It imports nothing at its top, because each process that the command starts imports it again.
"""


def main() -> None:
    """Runs the command that this process was called with, and exits with its code."""
    from flows.terminal import command  # start-up time

    command.main()


if __name__ == "__main__":
    main()
