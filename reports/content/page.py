"""Page: what a report says, as frozen content; its code is the hash of that content.

A page module declares a dataclass that extends Page, and a pure function `build` that gives the
page. Content is text, numbers, exact decimals (as text), dates and tuples, in the domain's order;
the template has the words. Nothing that a reader does not see belongs in a page: the page's code,
key and bytes follow from its content.
"""

import hashlib
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar

from reports.content.edition import Masthead

# Metadata of a field that counts as content only where it is not empty.
IF_ANY = {"if_any": True}
# Without 0 O 1 I, which a reader of paper mixes up.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Page:
    """Content of one report.

    `template` is its file under templates/; `path` its place in the run without a suffix
    ("agencies/DINKES"); `title` its heading; `is_draft` prints KONSEP on every page.
    """

    template: ClassVar[str]

    masthead: Masthead
    path: str
    title: str
    is_draft: bool

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content, in hex."""
        text = f"{self.template}\n{content_text(self)}"
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def code(self) -> str:
        """The code that paper copies print: ten letters and digits of the digest, in two fives
        ("7K3QM-XR42P").
        """
        return digest_code(self.digest)

    @property
    def root(self) -> str:
        """The way from the page to the run's folder: one "../" per level."""
        return "../" * self.path.count("/")

    @property
    def assets(self) -> str:
        """The way from the page to the folder that holds assets/."""
        return self.root


def digest_code(digest: str) -> str:
    """Ten characters of a hex digest (50 bits), in two fives."""
    bits = int(digest, 16) >> (4 * len(digest) - 50)
    letters = "".join(_ALPHABET[bits >> shift & 31] for shift in range(45, -1, -5))
    return f"{letters[:5]}-{letters[5:]}"


def content_text(value: Any) -> str:
    """The content as text: equal for equal content, different for different.

    A dataclass is named by its class, or by its `content_tag` where the class was renamed, so that
    the codes on printed papers hold. Raises TypeError for a value that is no content.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return _dataclass_text(value)
    if isinstance(value, tuple):
        return "(" + ",".join(content_text(item) for item in value) + ",)"
    if isinstance(value, (str, bool, int)) or value is None:
        return repr(value)
    if isinstance(value, (Decimal, date, datetime)):
        return f"{type(value).__name__}:{value}"
    raise TypeError(f"{type(value).__name__} is no content of a page: {value!r}")


def _dataclass_text(value: Any) -> str:
    tag = getattr(value, "content_tag", type(value).__name__)
    parts = []
    for field in fields(value):
        cell = getattr(value, field.name)
        if cell or "if_any" not in field.metadata:
            parts.append(f"{field.name}={content_text(cell)}")
    return f"{tag}({','.join(parts)})"
