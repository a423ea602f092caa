"""What the last check found, kept in .kipp/check.json: a check of the same inputs computes nothing.

The file holds the hash of the inputs that the check was made from. A file that is damaged, or of
other inputs, counts as no file.
"""

import hashlib
import json

from flows.messages.json_rows import LazyRows, encode_pieces, json_pieces
from flows.night.gather import Inputs
from tasks.disk.storage import write_whole_file

TextRows = list[dict[str, str]]
CHECK_FILE = "check.json"
CHECK_TABLES = ("exports", "headings", "findings")
MOST_ROWS = 100_000  # reading more back takes more time and memory than finding them again


def recall_check(inputs: Inputs) -> dict[str, TextRows] | None:
    """The rows of CHECK_TABLES that the last check found in the same inputs.

    None where the last check was of other inputs.
    """
    try:
        kept = json.loads((inputs.request.kipp / CHECK_FILE).read_bytes())
        if kept["made_from"] != _inputs_hash(inputs):
            return None
        return {name: kept[name] for name in CHECK_TABLES}
    except (OSError, ValueError, KeyError, TypeError):  # no file yet, or a damaged one
        return None


def keep_check(inputs: Inputs, **tables: TextRows) -> None:
    """Keeps the rows of CHECK_TABLES in place of the last ones, if they are not too many."""
    if sum(map(len, tables.values())) > MOST_ROWS:
        return
    values = {name: LazyRows(rows) for name, rows in tables.items()}
    pieces = json_pieces({"made_from": _inputs_hash(inputs), **values})
    write_whole_file(inputs.request.kipp / CHECK_FILE, b"".join(encode_pieces(pieces)))


def _inputs_hash(inputs: Inputs) -> str:
    """The hash of inputs, rules, program, phase states and memory."""
    return hashlib.sha256(inputs.key.encode() + (inputs.memory or b"")).hexdigest()
