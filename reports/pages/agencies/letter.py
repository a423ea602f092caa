"""letters/reminder-<code>: the reminder (surat pengingat) to an obliged agency with nothing
received.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from reports.content.edition import Edition, Signature
from reports.content.page import Page
from reports.content.paths import reminder_path
from reports.content.records import records
from tasks.results.results import Results


@dataclass(frozen=True)
class LetterPage(Page):
    """Content of a reminder. `addressee` stands after "Yth."; `from_units` counts innovations of
    bodies under it.
    """

    template: ClassVar[str] = "letter.html"

    addressee: str
    agency: str
    minimum: int
    closes: datetime
    from_units: int
    signature: Signature


def build(results: Results, edition: Edition) -> Iterator[LetterPage]:
    """A letter to each obliged agency with nothing received, in the register's order, while
    registration is open.
    """
    registration = edition.competition.registration
    states = results["phases"].set_index("phase")["state"]
    if states.get(registration.code) != "open":
        return
    for body in records(results["compliance"].query("obliged and status == 'none'")):
        yield LetterPage(
            masthead=edition.masthead,
            path=reminder_path(body.agency_code),
            title=edition.words.say("letter.title"),
            is_draft=False,
            addressee=addressee(body.agency, body.type, edition),
            agency=body.agency,
            minimum=edition.competition.obligation.minimum,
            closes=registration.closes,
            from_units=body.received_with_units - body.received,
            signature=edition.signature(f"reminder-{body.agency_code}"),
        )


def addressee(agency: str, kind: object, edition: Edition) -> str:
    """Who leads an agency of this type ("Camat Sukun" for Kecamatan Sukun); of a type without a
    word, its leader.
    """
    message = f"letter.to.{kind}"
    known = message if edition.words.has(message) else "letter.to"
    return edition.words.say(known, agency=agency, rest=agency.partition(" ")[2]).strip()
