"""letters/reminder-<code>: the reminder (surat pengingat) to an obliged agency without
submissions.
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
    the agency's units.
    """

    template: ClassVar[str] = "letter.html"

    addressee: str
    agency: str
    minimum: int
    closes: datetime
    from_units: int
    signature: Signature


def build(results: Results, edition: Edition) -> Iterator[LetterPage]:
    """A letter to each obliged agency that sent nothing, in the register's order; none after
    registration has closed.
    """
    registration = edition.competition.registration
    states = results["phases"].set_index("phase")["state"]
    if states.get(registration.code) != "open":
        return
    silent_agencies = results["compliance"].query("obliged and status == 'none'")
    for body in records(silent_agencies):
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
    """The head of an agency of this type ("Camat Sukun" for Kecamatan Sukun); for a type without a
    message of its own, "letter.to".
    """
    message = f"letter.to.{kind}"
    if not edition.words.has(message):
        message = "letter.to"
    name_without_type = agency.partition(" ")[2]
    return edition.words.say(message, agency=agency, rest=name_without_type).strip()
