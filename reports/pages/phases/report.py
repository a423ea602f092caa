"""The report of a phase, by the phase's kind: of all of the phase, or of one category alone."""

from collections.abc import Callable, Iterator
from datetime import datetime

from reports.content.book import Book
from reports.content.edition import Edition
from reports.pages.parts.phase import PhasePage
from reports.pages.parts.subject import Subject, make_subject
from reports.pages.phases import judging, nomination, registration, screening
from reports.pages.phases.judging import Judging
from reports.pages.phases.nomination import Nomination
from reports.pages.phases.registration import Registration
from reports.pages.phases.screening import Screening
from tasks.results.results import Results
from tasks.words import Words

_BUILDERS: dict[str, Callable[[Subject], PhasePage]] = {
    "registration": registration.build,
    "screening": screening.build,
    "judging": judging.build,
    "nomination": nomination.build,
}


def build_report(
    results: Results,
    edition: Edition,
    phase_code: str,
    as_of: datetime | None = None,
    category: str | None = None,
) -> PhasePage:
    """The page of a phase, phases/<phase>/report, or with a category phases/<phase>/<category>.

    `as_of` is printed while the phase is open.
    """
    kind = edition.competition.phase(phase_code).kind
    return _BUILDERS[kind](make_subject(results, edition, phase_code, as_of, category))


def build_category_pages(
    results: Results, edition: Edition, phase_code: str
) -> Iterator[PhasePage]:
    """The pages of a phase, one per category of the competition, in its order.

    A category page does not print as_of: a change in one category leaves the other pages as they
    were.
    """
    for category in edition.categories:
        yield build_report(results, edition, phase_code, category=category)


def report_book(page: PhasePage, words: Words) -> Book:
    """The workbook of a phase's page. Raises TypeError for a page of no kind of phase."""
    match page:
        case Registration():
            return registration.book(page, words)
        case Screening():
            return screening.book(page, words)
        case Judging():
            return judging.book(page, words)
        case Nomination():
            return nomination.book(page, words)
    raise TypeError(f"no kind of phase has a {type(page).__name__}")
