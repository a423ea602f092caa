"""Every rule: its code, how severe a finding of it is, and whether [rules] may change that.

The sentences are in the catalogues: `rule.<code>.name`, `rule.<code>.message`,
`rule.<code>.remedy`.
"""

from dataclasses import dataclass
from typing import Literal

FindingSeverity = Literal["critical", "error", "warning", "off"]


@dataclass(frozen=True)
class Rule:
    """One rule. `settable`: [rules] may change its severity. `by_field`: a warning on a field not
    `required`.
    """

    code: str
    severity: FindingSeverity
    settable: bool = True
    by_field: bool = False


RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        # nothing is published
        Rule("correction_failed", "critical", settable=False),
        Rule("broken_register", "critical", settable=False),
        Rule("no_readable_export", "critical", settable=False),
        # the row is rejected, or left out
        Rule("missing_required", "error", by_field=True),
        Rule("unknown_agency", "error", settable=False),
        Rule("ambiguous_agency", "error", settable=False),
        Rule("unknown_category", "error", settable=False),
        Rule("unknown_group", "error", settable=False),
        Rule("late", "error", settable=False),
        Rule("early", "error", settable=False),
        Rule("too_young", "error", by_field=True),
        Rule("too_long", "error", by_field=True),
        Rule("too_short", "error", by_field=True),
        Rule("unreadable_date", "error", by_field=True),
        Rule("ambiguous_date", "error", by_field=True),
        Rule("mark_off_scale", "error"),
        Rule("incomplete_sheet", "error"),
        Rule("unreadable_number", "error"),
        Rule("unreadable_file", "error"),
        Rule("unknown_submission", "error"),
        Rule("ambiguous_submission", "error"),
        Rule("not_in_phase", "error"),
        Rule("conflict_of_interest", "error"),
        # to look at
        Rule("overlap", "warning"),
        Rule("similar_title", "warning"),
        Rule("already_awarded", "warning"),
        Rule("unknown_column", "warning"),
        Rule("repeated_sheet", "warning"),
        Rule("too_few_judges", "warning"),
        Rule("tie_at_cutoff", "warning"),
        Rule("not_screened", "warning"),
        Rule("unknown_decision", "warning"),
        Rule("approximate_agency", "warning"),
        Rule("rules_changed", "warning"),
        Rule("result_changed", "warning"),
        Rule("unconnected_panels", "warning"),
        Rule("vanished", "warning"),
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
