"""Content -> plain text for a terminal, which no text of a form can steer.

Texts are made harmless twice, so that no template need take care: before a template sees them, and
when the template puts them out (`finalize`). A sign stands for each control character, among them
those that start an escape sequence or turn the direction of writing; a line break in a form's text
is a space.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache, partial
from textwrap import fill, shorten
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports.formats.html import TEMPLATES
from tasks.words import Words

TERMINAL_WIDTH = 100
_REPLACEMENT = "\ufffd"


def render_text(template: str, language: str, columns: int = TERMINAL_WIDTH, **content: Any) -> str:
    """The text that the template makes of the content, in lines of so many columns.

    Content is texts, numbers, times, and tuples and dataclasses of these.
    """
    tidy = {name: tidy_content(value) for name, value in content.items()}
    text = _text_environment(language, columns).get_template(template).render(**tidy)
    return "\n".join(_fold_line(line, columns) for line in text.split("\n"))


def _fold_line(line: str, columns: int) -> str:
    """A line that is too long as several lines, under its own beginning; a long word or number is
    not broken.
    """
    if len(line) <= columns:
        return line
    plain = line.lstrip()
    return wrap_indented(plain, columns, len(line) - len(plain), 2)


def tidy_content(value: Any) -> Any:
    """The content with every text in it harmless and on one line."""
    if isinstance(value, str):
        return harmless_text(" ".join(value.split()))
    if isinstance(value, tuple):
        return tuple(tidy_content(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        tidy = {field.name: tidy_content(getattr(value, field.name)) for field in fields(value)}
        return replace(value, **tidy)
    return value


def harmless_text(value: Any) -> Any:
    """A text without anything that steers a terminal but line breaks; other values unchanged."""
    if not isinstance(value, str):
        return value
    return "".join(c if _is_harmless(c) else _REPLACEMENT for c in value)


def _is_harmless(character: str) -> bool:
    if character.isprintable() or character == "\n":
        return True
    return unicodedata.category(character) == "Zs"


@cache
def _text_environment(language: str, columns: int) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=harmless_text,
    )
    words = Words(language)
    environment.globals.update(say=words.say, words=words)
    environment.filters.update(_text_filters(words, columns))
    return environment


def _text_filters(words: Words, columns: int) -> dict[str, Callable[..., Any]]:
    return {
        "moment": words.time,
        "number": partial(calculator_number, words),
        "shown": partial(value_text, words),
        "short": shorten_text,
        "cell": pad_cell,
        "filled": lambda text, *indents: wrap_indented(text, columns, *indents),
        "field": partial(code_name, words, "field"),
        "rule": partial(code_name, words, "rule", end=".name"),
    }


def calculator_number(words: Words, text: str) -> str:
    """An exact decimal as it is typed into a pocket calculator: all its decimals, the language's
    comma or point, no thousands.
    """
    return text.replace(".", "," if words.language == "id" else ".")


def value_text(words: Words, value: str | date) -> str:
    """A text unchanged; a time or a day as the language writes it."""
    if isinstance(value, datetime):
        return words.time(value)
    return words.date(value) if isinstance(value, date) else value


def code_name(words: Words, room: str, code: str, end: str = "") -> str:
    """What a code is called; the code itself where the catalogues have no name for it."""
    message = f"{room}.{code}{end}"
    return words.say(message) if words.has(message) else code


def shorten_text(text: str, width: int = 70) -> str:
    """The beginning of a long text."""
    return shorten(text, width, placeholder=" …")


def pad_cell(text: str, width: int) -> str:
    """The text in a column of so many characters; a longer one is cut."""
    return text[: width - 1] + "…" if len(text) > width else text.ljust(width)


def wrap_indented(text: str, columns: int, indent: int, hanging: int = 0) -> str:
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
