"""Content -> plain text for a terminal. Nothing in it can steer the terminal, whatever a form's
text holds.

Content is made harmless before a template sees it, and what a template puts out again (`finalize`),
so that it does not hang on its author's care: control characters, among them those that start an
escape sequence, and those that turn the direction of writing are shown as a sign; a line break in a
form's text is a space.
"""

import unicodedata
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache, partial
from textwrap import fill, shorten
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports.render import TEMPLATES
from tasks.words import Words

WIDTH = 100
_SIGN = "\ufffd"


def plain(template: str, language: str, columns: int = WIDTH, **content: Any) -> str:
    """The text that the template makes of the content: text, numbers, times, tuples and dataclasses
    of such; in lines of so many columns.
    """
    safe = {name: tidied(value) for name, value in content.items()}
    made = _environment(language, columns).get_template(template).render(**safe)
    return "\n".join(_folded(line, columns) for line in made.split("\n"))


def _folded(line: str, columns: int) -> str:
    """A line that is too long as several, under its own beginning; a long word or number is not
    broken.
    """
    indent = line[: len(line) - len(line.lstrip())]
    return line if len(line) <= columns else filled(line.lstrip(), columns, len(indent), 2)


def tidied(value: Any) -> Any:
    """The content with every text in it harmless and on one line."""
    if isinstance(value, str):
        return harmless(" ".join(value.split()))
    if isinstance(value, tuple):
        return tuple(tidied(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{field.name: tidied(getattr(value, field.name)) for field in fields(value)}
        )
    return value


def harmless(value: Any) -> Any:
    """A text without anything that steers a terminal but line breaks; other values as they are."""
    if not isinstance(value, str):
        return value
    return "".join(
        c if c.isprintable() or c == "\n" or unicodedata.category(c) == "Zs" else _SIGN
        for c in value
    )


@cache
def _environment(language: str, columns: int) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=harmless,
    )
    words = Words(language)
    environment.globals.update(say=words.say, words=words)
    environment.filters.update(
        {
            "moment": words.time,
            "number": partial(number, words),
            "shown": partial(shown, words),
            "short": short,
            "cell": cell,
            "filled": lambda text, *indents: filled(text, columns, *indents),
            "field": partial(named, words, "field"),
            "rule": partial(named, words, "rule", end=".name"),
        }
    )
    return environment


def number(words: Words, text: str) -> str:
    """An exact decimal with the decimals it has, as a pocket calculator takes it: its comma or
    point, no thousands.
    """
    return text.replace(".", "," if words.language == "id" else ".")


def shown(words: Words, value: str | date) -> str:
    """A text as it is, a time or a day as the language writes it."""
    if isinstance(value, datetime):
        return words.time(value)
    return words.date(value) if isinstance(value, date) else value


def named(words: Words, room: str, code: str, end: str = "") -> str:
    """What a code is called; the code itself where the catalogues have no name for it."""
    message = f"{room}.{code}{end}"
    return words.say(message) if words.has(message) else code


def short(text: str, width: int = 70) -> str:
    """The beginning of a long text."""
    return shorten(text, width, placeholder=" …")


def cell(text: str, width: int) -> str:
    """The text in a column of so many characters; a longer one is cut."""
    return text[: width - 1] + "…" if len(text) > width else text.ljust(width)


def filled(text: str, columns: int, indent: int, hanging: int = 0) -> str:
    """The text in lines of so many columns, `indent` spaces before each, `hanging` more from the
    second on.
    """
    return fill(
        text,
        columns,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hanging),
        break_on_hyphens=False,
        break_long_words=False,
    )
