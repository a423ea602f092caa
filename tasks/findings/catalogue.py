"""Every rule: its code, how severe a finding of it is, and which parameters its sentences have.

The sentences are in the catalogues of words: `rule.<code>.name`, `rule.<code>.message` and
`rule.<code>.remedy`. A rule with several causes has sentences for each of them, with the cause in
their ids: `rule.<code>.<case>.message`. frame.py makes findings, wording.py makes their sentences.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

FindingSeverity = Literal["critical", "error", "warning", "off"]
SentenceParams = tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """One rule. `settable`: [rules] may change its severity. `by_field`: a warning on a field not
    `required`.

    `params`: what a finding must give so that its sentence can be made, columns of a finding among
    them. `cases`: the same for each case; a finding of a case must not give `params`.
    """

    code: str
    severity: FindingSeverity
    params: SentenceParams = ()
    cases: Mapping[str, SentenceParams] = dataclasses.field(default_factory=dict)
    settable: bool = True
    by_field: bool = False

    def sentence_params(self, case: str | None) -> SentenceParams:
        """The parameters of the sentence of a case; of the rule's own sentence where `case` is
        empty.

        Raises KeyError for a case that the rule does not have.
        """
        return self.cases[case] if case else self.params


_CORRECTION_FAILED_CASES = {
    "expected": ("field", "cell", "found", "expected"),
    "nothing": ("field", "cell"),
    "ambiguous": ("field", "cell"),
    "several": ("field", "cell", "expected"),
    "field": ("cell", "field"),
    "no_cell": ("field",),
}

_BROKEN_REGISTER_CASES = {
    "absent": ("file",),
    "both": ("file", "other"),
    "unreadable": ("file",),
    "no_heading": ("file", "field", "value"),
    "heading_twice": ("file", "field"),
    "near_heading": ("file", "value", "field"),
    "no_rows": ("file",),
    "blank": ("field",),
    "not_integer": ("field", "value"),
    "not_year": ("field", "value"),
    "not_boolean": ("field", "value"),
    "duplicate": ("field", "value", "other"),
    "unsafe_code": ("value",),
    "taken_code": ("value",),
    "unknown_parent": ("value",),
    "cycle": ("value",),
    "years_reversed": ("value", "other"),
    "unknown_agency": ("field", "value"),
    "not_judging": ("value",),
    "no_place": ("value",),
    "misspelt_type": ("value", "other"),
    "near_type": ("value", "near"),
    "conflict": ("judge", "value"),
}

_UNREADABLE_FILE_CASES = {
    "empty": (),
    "blank": (),
    "too_large": ("size", "limit"),
    "zip_bomb": ("unpacked",),
    "too_many_cells": ("limit",),
    "too_many_columns": ("columns", "limit"),
    "too_many_rows": ("rows", "limit"),
    "damaged_workbook": (),
    "encrypted": (),
    "strict_workbook": (),
    "html": (),
    "picture": (),
    "pdf": (),
    "no_table": (),
    "nul_bytes": (),
    "encoding": (),
    "open_quote": ("at",),
    "cell_too_long": ("length", "limit"),
    "no_headings": ("headings",),
    "not_a_judge": ("sheet",),
    "over_limit": ("file",),
    "misplaced": ("file",),
    "not_opened": ("file",),
    "no_phase": ("file", "folder", "known"),
    "source_connect": ("file", "address"),
    "source_timeout": ("file", "address"),
    "source_cut": ("file", "address"),
    "source_status": ("file", "address", "status"),
    "source_forbidden": ("file", "address"),
    "source_gone": ("file", "address"),
    "source_redirect": ("file", "address", "to"),
    "source_page": ("file", "address"),
    "source_empty": ("file", "address"),
    "source_too_large": ("file", "address", "limit"),
    "source_library": ("file", "address", "detail"),
    "source_read_only": ("file", "address"),
    "source_failed": ("file", "address", "detail"),
    "source_link_none": ("file",),
    "source_link_scheme": ("file", "scheme"),
    "source_link_secret": ("file",),
    "source_link_taken": ("file", "taken"),
}

_UNKNOWN_COLUMN_CASES = {
    "claimed": ("field", "claims", "section"),
    "unheaded": ("field",),
    "no_row": ("rows", "texts"),
    "two_headings": ("gives", "headings", "section", "line"),
    "same_headings": ("gives", "headings"),
    "two_settings": ("section", "gives", "headings"),
    "table": ("field",),
}

_UNKNOWN_DECISION_CASES = {
    "phase": ("value", "named", "phases"),
    "submission": ("outcome", "value"),
    "outcome": ("outcome", "value", "named", "choices"),
    "agency": ("value",),
    "contradicted": ("outcome", "value"),
    "submission.near": ("outcome", "value", "near"),
    "level": ("value", "named", "choices"),
    "not_in_phase": ("outcome", "value", "named"),
}

RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        # nothing is published
        Rule(
            "correction_failed",
            "critical",
            ("field", "cell"),
            cases=_CORRECTION_FAILED_CASES,
            settable=False,
        ),
        Rule(
            "broken_register",
            "critical",
            ("field", "value"),
            cases=_BROKEN_REGISTER_CASES,
            settable=False,
        ),
        Rule("no_readable_export", "critical", ("count", "files"), settable=False),
        # the row is rejected, or left out
        Rule(
            "missing_required",
            "error",
            ("field",),
            cases={
                "no_heading": ("field", "headings", "section", "line"),
                "no_heading_left": ("field",),
            },
            by_field=True,
        ),
        Rule(
            "unknown_agency",
            "error",
            ("value",),
            cases={
                "alike": ("value", "candidates"),
                "placement": ("value",),
                "year": ("value", "year", "years"),
            },
            settable=False,
        ),
        Rule("ambiguous_agency", "error", ("value", "candidates"), settable=False),
        Rule("unknown_category", "error", ("value", "choices"), settable=False),
        Rule("unknown_group", "error", ("value", "choices"), settable=False),
        Rule("late", "error", ("when", "limit"), settable=False),
        Rule("early", "error", ("when", "limit"), settable=False),
        Rule("too_young", "error", ("when", "years", "limit"), by_field=True),
        Rule("too_long", "error", ("field", "value", "most"), by_field=True),
        Rule("too_short", "error", ("field", "value", "least"), by_field=True),
        Rule("unreadable_date", "error", ("field", "value"), by_field=True),
        Rule("ambiguous_date", "error", ("field", "value", "as_dmy", "as_mdy"), by_field=True),
        Rule("mark_off_scale", "error", ("value", "field", "low", "high")),
        Rule(
            "incomplete_sheet",
            "error",
            ("field",),
            cases={"marks": ("judge", "title", "criteria"), "nameless": ()},
        ),
        Rule(
            "unreadable_number", "error", ("field", "value"), cases={"two_ways": ("field", "value")}
        ),
        Rule("unreadable_file", "error", cases=_UNREADABLE_FILE_CASES),
        Rule("unknown_submission", "error", ("value",), cases={"near": ("value", "near")}),
        Rule("ambiguous_submission", "error", ("value",)),
        Rule(
            "not_in_phase",
            "error",
            ("phase",),
            cases={"sheet": ("judge", "title", "phase"), "screening": ("title", "phase")},
        ),
        Rule(
            "conflict_of_interest",
            "error",
            cases={"left_out": ("judge", "title"), "flagged": ("judge", "title")},
        ),
        # to look at
        Rule("overlap", "warning", ("count", "other")),
        Rule("similar_title", "warning", ("value", "other", "other_agency", "other_id")),
        Rule(
            "already_awarded",
            "warning",
            ("value",),
            cases={
                "exact": ("title", "value", "award_year", "field"),
                "near": ("title", "award_title", "value", "award_year", "field"),
            },
        ),
        Rule("unknown_column", "warning", ("field", "section"), cases=_UNKNOWN_COLUMN_CASES),
        Rule("repeated_sheet", "warning", ("judge", "title", "later_source", "later_row")),
        Rule("too_few_judges", "warning", ("title", "sheets", "phase", "minimum")),
        Rule(
            "tie_at_cutoff",
            "warning",
            ("title",),
            cases={"judging": ("title", "phase"), "nomination": ("title", "field")},
        ),
        Rule(
            "not_screened",
            "warning",
            cases={"nothing": ("title", "phase"), "partly": ("title", "field")},
        ),
        Rule("unknown_decision", "warning", ("value",), cases=_UNKNOWN_DECISION_CASES),
        Rule("approximate_agency", "warning", ("value", "taken", "code", "similarity")),
        Rule("rules_changed", "warning", ("phase", "field", "value")),
        Rule("result_changed", "warning", ("phase", "field", "value")),
        Rule(
            "unconnected_panels",
            "warning",
            cases={"list": ("field",), "whole": (), "level": ("field",)},
        ),
        Rule("vanished", "warning", ("value",)),
    )
}


def finding_severity(
    code: str, field: str | None, required: tuple[str, ...], overrides: dict[str, FindingSeverity]
) -> FindingSeverity:
    """How severe a finding of this rule on this field is, in a competition with these settings.

    [rules] wins over `required`; a rule on a field that `required` does not name is a warning;
    `late`, `early`, and unknown agencies, categories and groups are always errors (interface.md
    section 4).
    """
    rule = RULES[code]
    if rule.settable and code in overrides:
        return overrides[code]
    if rule.by_field and field is not None and field not in required:
        return "warning"
    return rule.severity
