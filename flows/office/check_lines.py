"""What a check found, as lines for a terminal: each export and what was recognised in it, then what
to do. Pure.
"""

from collections.abc import Iterator, Sequence

from flows.messages.sentences import wrap_text
from reports.content import problems
from reports.content.problems import TextRow
from reports.pages.office.check import CheckedExport
from tasks.words import Words

_MOST_SHOWN = 8  # findings of one rule that are listed in a terminal; the page of --html has more


def export_lines(read: Sequence[CheckedExport], words: Words, columns: int) -> Iterator[str]:
    """Two lines or more an export: its name; its rows, kind and headings; those not recognised;
    notes on it.
    """
    for export in read:
        yield from wrap_text(problems.export_name(export.source, words), columns, "")
        kind = words.say(f"kind.{export.kind}")
        rows = words.integer(export.delivered)
        yield from wrap_text(
            words.say("flows.check.read", rows=rows, kind=kind, known=export.known), columns, "  "
        )
        if export.unknown:
            headings = ", ".join(f'"{" ".join(heading.split())}"' for heading in export.unknown)
            yield from wrap_text(
                words.say("flows.check.not_known", headings=headings), columns, "  "
            )
        for note in export.notes:
            yield from wrap_text(note, columns, "  ")


def finding_lines(found: Sequence[TextRow], words: Words, columns: int) -> Iterator[str]:
    """Each rule once, the severest first: the places and what is wrong at them, and what to do,
    said once for all that it is the same for. Of many findings of a rule the first are shown, and
    the rest is counted.
    """
    for severity, rule, rows in problems.findings_by_rule(found):
        head = words.say(
            "flows.check.rule",
            severity=words.say(f"severity.{severity}"),
            rule=_rule_name(rule, words),
        )
        yield ""
        yield f"{head} ({words.integer(len(rows))})" if len(rows) > 1 else head
        yield from _rule_lines(
            [problems.make_problem(row) for row in rows[:_MOST_SHOWN]], words, columns
        )
        if len(rows) > _MOST_SHOWN:
            yield from wrap_text(
                words.say("flows.check.more", count=words.integer(len(rows) - _MOST_SHOWN)),
                columns,
                "  ",
            )


def _rule_name(rule: str, words: Words) -> str:
    return words.say(f"rule.{rule}.name")


def _rule_lines(found: Sequence[problems.Problem], words: Words, columns: int) -> Iterator[str]:
    for remedy in dict.fromkeys(one.remedy for one in found):
        for one in found:
            if one.remedy == remedy:
                where = problems.place_text(one, words)
                yield from wrap_text(where, columns, "  ", "      ") if where else ()
                yield from wrap_text(one.problem, columns, "    " if where else "  ")
        yield from wrap_text(f"→ {remedy}", columns, "  ", "    ")
