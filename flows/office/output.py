"""A file that the user asked for, written whole or not at all."""

from pathlib import Path

from tasks.errors import CallError, ErrorMessage


def write_output(target: Path, content: bytes) -> Path:
    """The path of the file, after the file and the folders above it were written.

    Raises CallError where they cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        is_special = target.exists() and not target.is_file()
        if is_special:  # /dev/stdout, a pipe; of a folder the system says what is wrong
            target.write_bytes(content)
        else:
            _replace_file(target, content)
    except OSError as error:
        raise not_writable_error(target, error) from error
    return target


def not_writable_error(target: Path, error: OSError) -> CallError:
    """The error for a file or folder that cannot be written."""
    cause = error.strerror or str(error)
    return CallError(ErrorMessage("flows.not_writable", str(target), {"cause": cause}))


def _replace_file(target: Path, content: bytes) -> None:
    """Writes a new file in the target's folder, then gives the file the target's name."""
    part = target.with_name(f".{target.name[:100]}.part")
    try:
        part.write_bytes(content)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
