"""What the last check found, kept beside the copies: a check with nothing new since computes
nothing. Touches the disk.

It is kept under all that it was made from. A file that is damaged, or of other inputs, is as good
as none.
"""

import hashlib
import json

from flows.night.gather import Inputs
from tasks.disk.storage import write_whole_file

TextRows = list[dict[str, str]]
CHECK_FILE = "check.json"
CHECK_TABLES = ("exports", "headings", "findings")
MOST_ROWS = 100_000  # reading more back takes more time and memory than finding them again


def recall_check(inputs: Inputs) -> dict[str, TextRows] | None:
    """The rows of TABLES that the last check made from the same inputs; None where it was made from
    others.
    """
    try:
        kept = json.loads((inputs.request.kipp / CHECK_FILE).read_bytes())
        return (
            {name: kept[name] for name in CHECK_TABLES}
            if kept["made_from"] == _inputs_hash(inputs)
            else None
        )
    except (OSError, ValueError, KeyError, TypeError):  # none yet, or damaged: it is made anew
        return None


def keep_check(inputs: Inputs, **tables: TextRows) -> None:
    """Keeps the rows of TABLES in place of the last ones; of very many, nothing."""
    if sum(map(len, tables.values())) > MOST_ROWS:
        return
    content = json.dumps({"made_from": _inputs_hash(inputs), **tables}, ensure_ascii=False)
    write_whole_file(inputs.request.kipp / CHECK_FILE, content.encode("utf-8"))


def _inputs_hash(inputs: Inputs) -> str:
    """Inputs, rules, program and phase states, and the memory."""
    return hashlib.sha256(inputs.key.encode() + (inputs.memory or b"")).hexdigest()
