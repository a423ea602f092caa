"""A file that the user asked for, written whole or not at all."""

from pathlib import Path

from tasks.errors import CallError, ErrorMessage


def write_output(target: Path, content: bytes) -> Path:
    """Writes the file, with the folders above it, and gives its path. Raises CallError where that
    cannot be done.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if (
            target.exists() and not target.is_file()
        ):  # /dev/stdout, a pipe; of a folder the system says what is wrong
            target.write_bytes(content)
        else:
            _replace_file(target, content)
    except OSError as error:
        raise not_writable_error(target, error) from error
    return target


def not_writable_error(target: Path, error: OSError) -> CallError:
    """What is told of a place that cannot be written."""
    return CallError(
        ErrorMessage("flows.not_writable", str(target), {"cause": error.strerror or str(error)})
    )


def _replace_file(target: Path, content: bytes) -> None:
    beside = target.with_name(f".{target.name[:100]}.part")
    try:
        beside.write_bytes(content)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
