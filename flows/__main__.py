"""`python -m flows` is the command `kipp`. Light: a process that works beside the command's own
imports it again.
"""


def main() -> None:
    """Runs the command of this process and exits with its code."""
    from flows.terminal import command  # start-up time

    command.main()


if __name__ == "__main__":
    main()
