"""What the folder's tables show together: codes that nothing has, agencies that are their own
parents, names that stand twice.

Codes written in another case than the register's or the rules' are taken as those codes; every
other unknown code is a finding. What one table shows alone is in columns.py.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import pandas as pd
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from tasks.codes import TAKEN_AGENCY_CODES, fold_text, is_safe_code
from tasks.findings.frame import join_findings, make_finding, make_findings
from tasks.names.name_forms import split_aliases
from tasks.register.columns import TABLE_SPECS
from tasks.rules.competition import Competition

Frames = dict[str, pd.DataFrame]
_SHORT_TYPE = 4  # letters; of so short a type one letter is another type (upt, uptd, rsud)
_FEW_AGENCIES = 3  # agencies; more of one type have it because it is theirs
_NEAR_PERCENT = 75  # percent of the letters alike that make a type a misspelt one


class CheckedTables(NamedTuple):
    """The tables by name, with known codes, and the findings on them."""

    frames: Frames
    findings: pd.DataFrame


def check_tables(
    frames: Frames, files: Mapping[str, str], competition: Competition
) -> CheckedTables:
    """The tables with codes as the register and the rules write them, and what is wrong with them.

    `frames`: by name, as `shape_table` gives them; `files`: the file that each was read from.
    """
    register = frames["agencies"]["agency_code"].dropna()
    checked = _frames_with_known_codes(frames, register, competition)
    problems = join_findings(_table_findings(checked, register, competition))
    sources = problems["table"].map(dict(files)).astype("str")
    with_source = problems.assign(source=sources.fillna(problems["source"]))
    return CheckedTables(checked, with_source)


def _table_findings(
    frames: Frames, register: pd.Series, competition: Competition
) -> Iterator[pd.DataFrame]:
    """The findings of every check. A register without agencies has its own finding; nothing is held
    against it.
    """
    yield from _check_agencies(frames["agencies"])
    yield from _check_judges(frames["judges"], register)
    yield from _check_assignments(frames["assignments"], competition)
    if len(register):
        yield from _check_placements(frames["placements"], register)
        yield from _check_conflict_agencies(register, competition)
        yield from _check_agency_types(frames["agencies"], competition)
    yield from _check_correction_places(frames["corrections"])
    yield from _check_count_years(frames["counts"])


def _frames_with_known_codes(
    frames: Frames, register: pd.Series, competition: Competition
) -> Frames:
    phases = pd.Series([phase.code for phase in competition.phases], dtype="str")
    columns = [
        ("agencies", "parent_code", register),
        ("judges", "agency_code", register),
        ("placements", "agency_code", register),
        ("assignments", "phase", phases),
        ("decisions", "phase", phases),
    ]
    checked = dict(frames)
    for table, column, known in columns:
        codes = _known_codes(checked[table][column], known)
        checked[table] = checked[table].assign(**{column: codes})
    return checked


def _known_codes(texts: pd.Series, known: pd.Series) -> pd.Series:
    """Each text that is a known code but for case, as that code; the others as they are."""
    by_case = dict(zip(known.str.casefold(), known, strict=True))
    return texts.str.casefold().map(by_case).astype("str").fillna(texts)


# --- findings on rows


def _broken_register_findings(
    table: str, case: str, rows: pd.DataFrame, column: str, **params: object
) -> pd.DataFrame:
    """A finding `broken_register` for each row, on one of its columns; a column `other` becomes a
    parameter.
    """
    headings = {spec.name: spec.heading for spec in TABLE_SPECS[table].columns}
    heading = headings[column]
    values = rows[column].astype("str")
    places = rows.filter(["other"]).assign(row=rows["table_row"], value=values)
    return make_findings("broken_register", places, table=table, field=heading, case=case, **params)


def _unknown_code_findings(
    table: str, case: str, rows: pd.DataFrame, column: str, known: pd.Series
) -> pd.DataFrame:
    is_unknown = rows[column].notna() & ~rows[column].isin(known)
    return _broken_register_findings(table, case, rows[is_unknown], column)


def _repeated_rows(rows: pd.DataFrame, keys: pd.Series) -> pd.DataFrame:
    """The rows whose key an earlier row has, with `other`: that row's number."""
    first = rows["table_row"].groupby(keys).transform("first")
    is_repeated = (first != rows["table_row"]).fillna(False) & keys.notna()
    return rows.assign(other=first)[is_repeated]


# --- agencies


def _check_agencies(agencies: pd.DataFrame) -> Iterator[pd.DataFrame]:
    yield from _check_agency_codes(agencies)
    codes = agencies["agency_code"]
    yield _unknown_code_findings("agencies", "unknown_parent", agencies, "parent_code", codes)
    in_circle = agencies[_is_in_circle(agencies)]
    yield _broken_register_findings("agencies", "cycle", in_circle, "parent_code")
    is_reversed = (agencies["valid_from"] > agencies["valid_to"]).fillna(False)
    with_end = agencies.assign(other=agencies["valid_to"])[is_reversed]
    yield _broken_register_findings("agencies", "years_reversed", with_end, "valid_from")


def _check_agency_codes(agencies: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Findings on codes that stand twice, that cannot be file names, and that the pages use
    themselves.
    """
    code = agencies["agency_code"]
    repeated = _repeated_rows(agencies, code.map(fold_text, na_action="ignore"))
    yield _broken_register_findings("agencies", "duplicate", repeated, "agency_code")
    is_safe = [is_safe_code(text) for text in code.fillna("none")]
    is_usable = pd.Series(is_safe, index=code.index, dtype="bool")
    yield _broken_register_findings("agencies", "unsafe_code", agencies[~is_usable], "agency_code")
    is_taken = code.str.casefold().isin(TAKEN_AGENCY_CODES)
    yield _broken_register_findings("agencies", "taken_code", agencies[is_taken], "agency_code")


def _is_in_circle(agencies: pd.DataFrame) -> pd.Series:
    """Whether following the parents of an agency comes back to it."""
    with_code = agencies.dropna(subset=["agency_code"]).drop_duplicates("agency_code")
    parent = with_code.set_index("agency_code")["parent_code"]
    reached, circle = agencies["parent_code"], pd.Series(False, index=agencies.index)
    for _ in range(len(parent)):
        circle |= (reached == agencies["agency_code"]).fillna(False).astype("bool")
        reached = reached.map(parent).where(~circle)
        if reached.isna().all():
            break
    return circle


def _check_agency_types(agencies: pd.DataFrame, competition: Competition) -> Iterator[pd.DataFrame]:
    """A misspelt type in [obligation], or of an agency, would oblige no agency of the type, in
    silence. A type that no agency has is no mistake, and neither is a type that [obligation] does
    not name.
    """
    in_register = {name.casefold(): name for name in agencies["type"].dropna().unique()}
    obliged = {name.casefold(): name for name in competition.obligation.types}
    in_both = {key: name for key, name in obliged.items() if key in in_register}
    yield _misspelt_type_findings(agencies, in_both)
    others = {key: name for key, name in in_register.items() if key not in obliged}
    for name in competition.obligation.types:
        if name.casefold() not in in_register:
            yield from _near_type_findings(name, others)


def _near_type_findings(obliged: str, types: Mapping[str, str]) -> Iterator[pd.DataFrame]:
    """A finding where a type of [obligation] that no agency has is nearly one of these types.

    `types`: each type as the register writes it, by its text without case.
    """
    near = process.extractOne(
        obliged.casefold(), list(types), scorer=fuzz.ratio, score_cutoff=_NEAR_PERCENT
    )
    if near:
        yield make_finding(
            "broken_register",
            table="competition",
            source="competition.toml",
            field="obligation.types",
            value=obliged,
            case="near_type",
            near=types[near[0]],
        )


def _misspelt_type_findings(agencies: pd.DataFrame, obliged: dict[str, str]) -> pd.DataFrame:
    """A finding for each agency whose type is nearly a type of [obligation] that other agencies
    have, and which does not say itself whether it is obliged.

    Nearly: one letter more, less or otherwise, or two letters exchanged. Several agencies that have
    a type are likely to mean it, and have no finding.
    """
    kind = agencies["type"].str.casefold()
    meant = _meant_types(kind, obliged)
    is_stray = meant.notna() & agencies["obliged"].isna()
    stray = agencies.assign(other=meant)[is_stray]
    few = stray[stray.groupby(kind)["type"].transform("size") <= _FEW_AGENCIES]
    return _broken_register_findings("agencies", "misspelt_type", few, "type")


def _meant_types(kinds: pd.Series, obliged: dict[str, str]) -> pd.Series:
    """The obliged type that each misspelt type is likely to mean; NaN where a type means none."""
    meant = {}
    for text in kinds.dropna().unique():
        key = None if text in obliged else _name_one_letter_off(text, obliged)
        if key:
            meant[text] = obliged[key]
    return kinds.map(meant).astype("str")


def _name_one_letter_off(text: str, names: Iterable[str]) -> str | None:
    """The first of the names that differs from the text by one letter; None where none does."""
    for name in names:
        if len(name) > _SHORT_TYPE and OSA.distance(text, name, score_cutoff=1) <= 1:
            return name
    return None


def _check_conflict_agencies(
    register: pd.Series, competition: Competition
) -> Iterator[pd.DataFrame]:
    """A conflict of interest with an agency that nobody knows would protect nothing."""
    known = set(register)
    conflicts = [
        (phase.code, conflict)
        for phase in competition.phases
        if phase.kind == "judging"
        for conflict in phase.conflicts
    ]
    for phase_code, conflict in conflicts:
        if conflict.agency not in known:
            yield make_finding(
                "broken_register",
                table="competition",
                source="competition.toml",
                phase=phase_code,
                field="conflicts",
                value=conflict.agency,
                case="conflict",
                judge=conflict.judge,
            )


# --- the other tables


def _check_judges(judges: pd.DataFrame, register: pd.Series) -> Iterator[pd.DataFrame]:
    """A name or alias that two judges share would leave their sheets with neither."""
    if len(register):
        yield _unknown_code_findings("judges", "unknown_agency", judges, "agency_code", register)
    names = judges[["table_row", "judge"]].dropna()
    repeated = _repeated_rows(names, names["judge"].map(fold_text))
    yield _broken_register_findings("judges", "duplicate", repeated, "judge")
    yield _shared_alias_findings(judges)


def _shared_alias_findings(judges: pd.DataFrame) -> pd.DataFrame:
    """A finding for each alias that an earlier row has as a name or alias."""
    names = judges[["table_row", "judge"]].dropna()
    spellings = pd.concat([names["judge"], split_aliases(judges["aliases"])])
    rows = judges["table_row"].loc[spellings.index].to_numpy()
    spelt = pd.DataFrame({"table_row": rows, "aliases": spellings.to_numpy()})
    shared = _repeated_rows(spelt, spelt["aliases"].map(fold_text))
    aliases = shared[shared.index >= len(names)]  # the names stand first
    return _broken_register_findings("judges", "duplicate", aliases, "aliases")


def _check_assignments(
    assignments: pd.DataFrame, competition: Competition
) -> Iterator[pd.DataFrame]:
    codes = [phase.code for phase in competition.phases if phase.kind == "judging"]
    judging = pd.Series(codes, dtype="str")
    yield _unknown_code_findings("assignments", "not_judging", assignments, "phase", judging)


def _check_placements(placements: pd.DataFrame, register: pd.Series) -> Iterator[pd.DataFrame]:
    """An award of an agency that the register does not have holds nothing up: its title is still
    looked for.
    """
    codes = placements["agency_code"]
    stray = placements[codes.notna() & ~codes.isin(register)]
    places = pd.DataFrame({"row": stray["table_row"], "value": stray["agency_code"]})
    yield make_findings(
        "unknown_agency", places, table="placements", field="agency_code", case="placement"
    )


def _check_correction_places(corrections: pd.DataFrame) -> Iterator[pd.DataFrame]:
    by_row = corrections["source"].notna() & corrections["row"].notna()
    has_place = corrections["submission"].notna() | by_row
    yield _broken_register_findings("corrections", "no_place", corrections[~has_place], "field")


def _check_count_years(counts: pd.DataFrame) -> Iterator[pd.DataFrame]:
    repeated = _repeated_rows(counts, counts["year"])
    yield _broken_register_findings("counts", "duplicate", repeated, "year")
