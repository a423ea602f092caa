"""Words for people: message ids to sentences, and numbers and dates as the language writes them.

The catalogues are gettext files in templates/locale/<language>/*.po, several a language, so that a
translator edits text and nothing else. Every id has a text in both languages; an id without a text
is an error.
"""

import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

from babel import Locale, numbers

LANGUAGES = ("id", "en")
# what Indonesians call their zones, by the offset in hours
_ZONE_NAMES: dict[float, str] = {7: " WIB", 8: " WITA", 9: " WIT"}
REMEDY_ARROW = " → "  # between what is wrong and what to do, in a finding's message


@cache
def _texts_by_message(language: str) -> dict[str, str]:
    """The texts by message id, those of all catalogues of the language."""
    from babel.messages.pofile import read_po  # start-up time: loads babel's dates

    folder = files("templates") / "locale" / language
    catalogues = [file for file in folder.iterdir() if file.name.endswith(".po")]
    messages = chain.from_iterable(read_po(io.BytesIO(file.read_bytes())) for file in catalogues)
    return {
        str(message.id): str(message.string)
        for message in messages
        if message.id and message.string
    }


@dataclass(frozen=True)
class Words:
    """The words of one language. Equal for equal languages; cheap to make."""

    language: str

    def has(self, message: str) -> bool:
        """Whether the catalogue has a text for this id."""
        return message in _texts_by_message(self.language)

    def say(self, message: str, /, **params: Any) -> str:
        """The sentence of a message id, with its parameters put in. Raises KeyError for an id
        without a text.
        """
        text = _texts_by_message(self.language)[message]
        return text.format(**params) if params else text

    def name(self, names: Mapping[Any, str] | str) -> str:
        """The name in this language, of {"id": ..., "en": ...}; where there is none, the other
        language's.
        """
        if isinstance(names, str):
            return names
        return names.get(self.language) or next(iter(names.values()), "")

    @property
    def locale(self) -> Locale:
        return Locale("id", "ID") if self.language == "id" else Locale("en", "GB")

    def integer(self, value: int) -> str:
        """1234 as 1.234 (id) or 1,234 (en)."""
        return str(numbers.format_decimal(int(value), locale=self.locale))

    def decimal(self, value: Decimal | str | float, places: int = 2) -> str:
        """87.5 as 87,50 (id) or 87.50 (en), with exactly `places` decimals."""
        pattern = "#,##0" + ("." + "0" * places if places else "")
        return str(numbers.format_decimal(Decimal(str(value)), format=pattern, locale=self.locale))

    def percent(self, share: float, places: int = 1) -> str:
        """0.5 as 50,0% (id) or 50.0% (en)."""
        return self.decimal(Decimal(str(share)) * 100, places) + "%"

    def date(self, value: dt.date) -> str:
        """26 Januari 2022."""
        return self._format_date(value, "d MMMM y")

    def weekday(self, value: dt.date) -> str:
        """Rabu, 26 Januari 2022."""
        return self._format_date(value, "EEEE, d MMMM y")

    def time(self, value: dt.datetime) -> str:
        """26 Januari 2022 pukul 13.45 WIB: date and time of day, in the value's own offset."""
        pattern = "d MMMM y 'pukul' HH.mm" if self.language == "id" else "d MMMM y, HH:mm"
        offset = value.utcoffset()
        zone = _ZONE_NAMES.get(offset.total_seconds() / 3600) if offset else None
        return self._format_date(value, pattern) + (zone or "")

    def _format_date(self, value: dt.date, pattern: str) -> str:
        from babel.dates import parse_pattern  # start-up time

        return parse_pattern(pattern).apply(value, self.locale)
