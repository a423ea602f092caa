"""A category's page in a phase: what the phase's report says, of one category alone."""

from collections.abc import Callable, Iterator

from reports.content.edition import Edition
from reports.pages.parts.phase import PhasePage
from reports.pages.phases import judging, nomination, registration, screening
from tasks.results.results import Results

BUILDERS: dict[str, Callable[..., PhasePage]] = {
    "registration": registration.build,
    "screening": screening.build,
    "judging": judging.build,
    "nomination": nomination.build,
}


def build(results: Results, edition: Edition, phase_code: str) -> Iterator[PhasePage]:
    """The pages phases/<phase>/<category>, one a category of the competition, in its order.

    They never print as_of: what is new in one category leaves the other pages as they were.
    """
    kind = edition.competition.phase(phase_code).kind
    for category in edition.categories:
        yield BUILDERS[kind](results, edition, phase_code, None, category)
