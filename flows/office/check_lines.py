"""What a check found, as lines for a terminal: the exports and their headings, then what to do."""

from collections.abc import Iterator, Sequence

from flows.messages.sentences import wrap_text
from reports.content import problems
from reports.content.problems import TextRow
from reports.pages.office.check import CheckedExport
from tasks.words import Words

_MOST_SHOWN = 8  # findings of one rule that are listed in a terminal; the page of --html has more


def export_lines(exports: Sequence[CheckedExport], words: Words, columns: int) -> Iterator[str]:
    """Two lines or more per export: its name; its rows, kind and headings; the headings that were
    not recognised; notes.
    """
    for export in exports:
        yield from wrap_text(problems.export_name(export.source, words), columns, "")
        kind = words.say(f"kind.{export.kind}")
        rows = words.integer(export.delivered)
        counts = words.say("flows.check.read", rows=rows, kind=kind, known=export.known)
        yield from wrap_text(counts, columns, "  ")
        if export.unknown:
            headings = ", ".join(f'"{" ".join(heading.split())}"' for heading in export.unknown)
            unknown = words.say("flows.check.not_known", headings=headings)
            yield from wrap_text(unknown, columns, "  ")
        for note in export.notes:
            yield from wrap_text(note, columns, "  ")


def finding_lines(findings: Sequence[TextRow], words: Words, columns: int) -> Iterator[str]:
    """The findings by rule, the severest rule first: the places, what is wrong there, what to do.

    A remedy stands once, after all findings that it mends. Of many findings of a rule the first are
    shown, and the rest is counted.
    """
    for severity, rule, rows in problems.findings_by_rule(findings):
        yield ""
        yield _rule_heading(severity, rule, len(rows), words)
        shown = [problems.make_problem(row) for row in rows[:_MOST_SHOWN]]
        yield from _rule_lines(shown, words, columns)
        if len(rows) > _MOST_SHOWN:
            count = words.integer(len(rows) - _MOST_SHOWN)
            yield from wrap_text(words.say("flows.check.more", count=count), columns, "  ")


def _rule_heading(severity: str, rule: str, count: int, words: Words) -> str:
    """The severity and the name of a rule, and how many findings the rule has, if several."""
    severity_name = words.say(f"severity.{severity}")
    rule_name = words.say(f"rule.{rule}.name")
    heading = words.say("flows.check.rule", severity=severity_name, rule=rule_name)
    return f"{heading} ({words.integer(count)})" if count > 1 else heading


def _rule_lines(shown: Sequence[problems.Problem], words: Words, columns: int) -> Iterator[str]:
    """The findings of one rule, those with the same remedy together."""
    for remedy in dict.fromkeys(problem.remedy for problem in shown):
        for problem in shown:
            if problem.remedy == remedy:
                yield from _problem_lines(problem, words, columns)
        yield from wrap_text(f"→ {remedy}", columns, "  ", "    ")


def _problem_lines(problem: problems.Problem, words: Words, columns: int) -> Iterator[str]:
    """The place of a finding, and what is wrong there."""
    place = problems.place_text(problem, words)
    if place:
        yield from wrap_text(place, columns, "  ", "      ")
    yield from wrap_text(problem.problem, columns, "    " if place else "  ")
