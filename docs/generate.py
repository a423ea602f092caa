"""Writes what docs take from the code: data-dictionary.md, and the frames of architecture.md.

Run it by `make dictionary`. Tests hold both against the code.
"""

from pathlib import Path

from tasks.schema import data_dictionary, frames_chapter

DOCS = Path(__file__).parent
START, END = "<!-- frames -->\n", "<!-- /frames -->"


def main() -> None:
    """Writes both."""
    (DOCS / "data-dictionary.md").write_text(data_dictionary(), encoding="utf-8")
    architecture = DOCS / "architecture.md"
    head, _, rest = architecture.read_text(encoding="utf-8").partition(START)
    _, _, tail = rest.partition(END)
    architecture.write_text(head + START + frames_chapter() + END + tail, encoding="utf-8")


if __name__ == "__main__":
    main()
