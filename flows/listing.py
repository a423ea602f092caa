"""What a check found, as lines for a terminal: each export and what was recognised in it, then what
to do. Pure.
"""

from collections.abc import Iterator, Sequence

from flows.messages import filled
from reports import problems
from reports.pages.check import Export
from reports.problems import Row
from tasks.words import Words

_SHOWN = 8  # findings of one rule that are listed in a terminal; the page of --html has more


def exports(read: Sequence[Export], words: Words, columns: int) -> Iterator[str]:
    """Two lines or more an export: its name; its rows, kind and headings; those not recognised;
    notes on it.
    """
    for export in read:
        yield from filled(problems.source(export.source, words), columns, "")
        kind = words.say(f"kind.{export.kind}")
        rows = words.integer(export.delivered)
        yield from filled(
            words.say("flows.check.read", rows=rows, kind=kind, known=export.known), columns, "  "
        )
        if export.unknown:
            headings = ", ".join(f'"{" ".join(heading.split())}"' for heading in export.unknown)
            yield from filled(words.say("flows.check.not_known", headings=headings), columns, "  ")
        for note in export.notes:
            yield from filled(note, columns, "  ")


def findings(found: Sequence[Row], words: Words, columns: int) -> Iterator[str]:
    """Each rule once, the severest first: the places and what is wrong at them, and what to do,
    said once for all that it is the same for. Of many findings of a rule the first are shown, and
    the rest is counted.
    """
    for severity, rule, rows in problems.by_rule(found):
        head = words.say(
            "flows.check.rule", severity=words.say(f"severity.{severity}"), rule=_name(rule, words)
        )
        yield ""
        yield f"{head} ({words.integer(len(rows))})" if len(rows) > 1 else head
        yield from _of_rule([problems.problem(row) for row in rows[:_SHOWN]], words, columns)
        if len(rows) > _SHOWN:
            yield from filled(
                words.say("flows.check.more", count=words.integer(len(rows) - _SHOWN)),
                columns,
                "  ",
            )


def _name(rule: str, words: Words) -> str:
    return words.say(f"rule.{rule}.name")


def _of_rule(found: Sequence[problems.Problem], words: Words, columns: int) -> Iterator[str]:
    for remedy in dict.fromkeys(one.remedy for one in found):
        for one in found:
            if one.remedy == remedy:
                where = problems.place(one, words)
                yield from filled(where, columns, "  ", "      ") if where else ()
                yield from filled(one.problem, columns, "    " if where else "  ")
        yield from filled(f"→ {remedy}", columns, "  ", "    ")
