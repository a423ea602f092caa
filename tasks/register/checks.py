"""What the folder's tables show together: codes that nothing has, bodies that are their own
parents, names twice.

Codes written in another case than the register's or the rules' are taken as those; every other
stray code is a finding.
"""

from collections.abc import Iterable, Iterator

import pandas as pd
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from tasks import codes
from tasks.findings.frame import join_findings, make_finding, make_findings
from tasks.names.name_forms import split_aliases
from tasks.register.columns import TABLE_SPECS
from tasks.rules.competition import Competition

Frames = dict[str, pd.DataFrame]
_SHORT_TYPE = 4  # letters; of so short a type one letter is another type (upt, uptd, rsud)
_FEW_BODIES = 3  # bodies; more of one type have it because it is theirs


def check_tables(
    frames: Frames, files: dict[str, str], competition: Competition
) -> tuple[Frames, pd.DataFrame]:
    """The tables with codes as the register and the rules write them, and what is wrong with them.

    `frames`: by name, as `folder_tables.shaped` gives them; `files`: the file that each was read
    from.
    """
    register = frames["agencies"]["agency_code"].dropna()
    phases = pd.Series([phase.code for phase in competition.phases], dtype="str")
    columns = [
        ("agencies", "parent_code", register),
        ("judges", "agency_code", register),
        ("placements", "agency_code", register),
        ("assignments", "phase", phases),
        ("decisions", "phase", phases),
    ]
    settled = dict(frames)
    for table, column, known in columns:
        settled[table] = settled[table].assign(
            **{column: _known_codes(settled[table][column], known)}
        )
    found = [*_check_agencies(settled["agencies"]), *_check_judges(settled["judges"], register)]
    found += _check_assignments(settled, competition)
    if len(register):
        found += [
            *_check_placements(settled["placements"], register),
            *_check_conflict_agencies(register, competition),
        ]
        found += _check_agency_types(settled["agencies"], competition)
    found += [
        *_check_correction_places(settled["corrections"]),
        *_check_count_years(settled["counts"]),
    ]
    problems = join_findings(found)
    return settled, problems.assign(
        source=problems["table"].map(files).astype("str").fillna(problems["source"])
    )


def _known_codes(texts: pd.Series, known: pd.Series) -> pd.Series:
    """Each text that is a known code but for case, as that code; the others as they are."""
    by_case = dict(zip(known.str.casefold(), known, strict=True))
    return texts.str.casefold().map(by_case).astype("str").fillna(texts)


def _broken_row_findings(
    table: str, case: str, rows: pd.DataFrame, column: str, **params: object
) -> pd.DataFrame:
    """A finding a row, on one of its columns; a column `other` becomes a parameter."""
    spec = TABLE_SPECS[table]
    heading = next(h.heading for h in spec.headings if h.name == column)
    places = rows.filter(["other"]).assign(row=rows["table_row"], value=rows[column].astype("str"))
    return make_findings("broken_register", places, table=table, field=heading, case=case, **params)


def _unknown_code_findings(
    table: str, case: str, rows: pd.DataFrame, column: str, known: pd.Series
) -> pd.DataFrame:
    stray = rows[rows[column].notna() & ~rows[column].isin(known)]
    return _broken_row_findings(table, case, stray, column)


def _check_agencies(agencies: pd.DataFrame) -> Iterator[pd.DataFrame]:
    code = agencies["agency_code"]
    yield _broken_row_findings(
        "agencies",
        "duplicate",
        _repeated_rows(agencies, code.map(codes.fold_text, na_action="ignore")),
        "agency_code",
    )
    safe = [codes.is_safe(text) for text in code.fillna("none")]
    yield _broken_row_findings(
        "agencies",
        "unsafe_code",
        agencies[~pd.Series(safe, index=code.index, dtype="bool")],
        "agency_code",
    )
    taken = code.str.casefold().isin(codes.TAKEN_AGENCY_CODES)
    yield _broken_row_findings("agencies", "taken_code", agencies[taken], "agency_code")
    yield _unknown_code_findings("agencies", "unknown_parent", agencies, "parent_code", code)
    yield _broken_row_findings(
        "agencies", "cycle", agencies[_is_in_circle(agencies)], "parent_code"
    )
    reversed_ = (agencies["valid_from"] > agencies["valid_to"]).fillna(False)
    yield _broken_row_findings(
        "agencies",
        "years_reversed",
        agencies.assign(other=agencies["valid_to"])[reversed_],
        "valid_from",
    )


def _repeated_rows(rows: pd.DataFrame, keys: pd.Series) -> pd.DataFrame:
    """The rows whose key an earlier row has, with `other`: that row's number."""
    first = rows["table_row"].groupby(keys).transform("first")
    return rows.assign(other=first)[(first != rows["table_row"]).fillna(False) & keys.notna()]


def _is_in_circle(agencies: pd.DataFrame) -> pd.Series:
    """Whether following the parents of a body comes back to it."""
    coded = agencies.dropna(subset=["agency_code"]).drop_duplicates("agency_code")
    parent = coded.set_index("agency_code")["parent_code"]
    reached, circle = agencies["parent_code"], pd.Series(False, index=agencies.index)
    for _ in range(len(parent)):
        circle |= (reached == agencies["agency_code"]).fillna(False).astype("bool")
        reached = reached.map(parent).where(~circle)
        if reached.isna().all():
            break
    return circle


def _check_judges(judges: pd.DataFrame, register: pd.Series) -> Iterator[pd.DataFrame]:
    """A name or alias that two judges share would leave their sheets with neither."""
    if len(register):
        yield _unknown_code_findings("judges", "unknown_agency", judges, "agency_code", register)
    names = judges[["table_row", "judge"]].dropna()
    yield _broken_row_findings(
        "judges", "duplicate", _repeated_rows(names, names["judge"].map(codes.fold_text)), "judge"
    )
    aliases = split_aliases(judges["aliases"])
    spelt = pd.concat([names["judge"], aliases])
    known = pd.DataFrame(
        {"table_row": judges["table_row"].loc[spelt.index].to_numpy(), "aliases": spelt.to_numpy()}
    )
    shared = _repeated_rows(known, known["aliases"].map(codes.fold_text))
    yield _broken_row_findings("judges", "duplicate", shared[shared.index >= len(names)], "aliases")


def _check_assignments(frames: Frames, competition: Competition) -> Iterator[pd.DataFrame]:
    judging = pd.Series(
        [phase.code for phase in competition.phases if phase.kind == "judging"], dtype="str"
    )
    yield _unknown_code_findings(
        "assignments", "not_judging", frames["assignments"], "phase", judging
    )


def _check_placements(placements: pd.DataFrame, register: pd.Series) -> Iterator[pd.DataFrame]:
    """An award of a body that the register does not have holds nothing up: its title is still
    looked for.
    """
    stray = placements[
        placements["agency_code"].notna() & ~placements["agency_code"].isin(register)
    ]
    places = pd.DataFrame({"row": stray["table_row"], "value": stray["agency_code"]})
    yield make_findings(
        "unknown_agency", places, table="placements", field="agency_code", case="placement"
    )


def _check_conflict_agencies(
    register: pd.Series, competition: Competition
) -> Iterator[pd.DataFrame]:
    """A conflict of interest on a body that nobody knows would protect nothing."""
    known = set(register)
    for phase in competition.phases:
        for conflict in phase.conflicts if phase.kind == "judging" else ():
            if conflict.agency not in known:
                yield make_finding(
                    "broken_register",
                    table="competition",
                    source="competition.toml",
                    phase=phase.code,
                    field="conflicts",
                    value=conflict.agency,
                    case="conflict",
                    judge=conflict.judge,
                )


def _check_agency_types(agencies: pd.DataFrame, competition: Competition) -> Iterator[pd.DataFrame]:
    """A misspelt type in [obligation], or of a body, would oblige nobody of it, in silence. A type
    that no body has is no mistake, and neither is one that [obligation] does not name.
    """
    there = {name.casefold(): name for name in agencies["type"].dropna().unique()}
    named = [name.casefold() for name in competition.obligation.types]
    used = {
        key: name
        for key, name in zip(named, competition.obligation.types, strict=True)
        if key in there
    }
    yield _misspelt_type_findings(agencies, used)
    for name in competition.obligation.types:
        others = [key for key in there if key not in named]
        near = process.extractOne(name.casefold(), others, scorer=fuzz.ratio, score_cutoff=75)
        if name.casefold() not in there and near:
            yield make_finding(
                "broken_register",
                table="competition",
                source="competition.toml",
                field="obligation.types",
                value=name,
                case="near_type",
                near=there[near[0]],
            )


def _misspelt_type_findings(agencies: pd.DataFrame, named: dict[str, str]) -> pd.DataFrame:
    """A finding a body whose type is all but one of [obligation] that others have, and which does
    not say itself whether it is obliged.

    Only where it is one letter more, less or otherwise, or two exchanged, and where few bodies have
    the type: several that do are likely to mean it.
    """
    kind = agencies["type"].str.casefold()
    near = {
        text: _name_one_letter_off(text, named)
        for text in kind.dropna().unique()
        if text not in named
    }
    meant = kind.map({text: named[found] for text, found in near.items() if found}).astype("str")
    stray = agencies.assign(other=meant)[meant.notna() & agencies["obliged"].isna()]
    few = stray[stray.groupby(kind)["type"].transform("size") <= _FEW_BODIES]
    return _broken_row_findings("agencies", "misspelt_type", few, "type")


def _name_one_letter_off(text: str, named: Iterable[str]) -> str | None:
    near = [
        name
        for name in named
        if len(name) > _SHORT_TYPE and OSA.distance(text, name, score_cutoff=1) <= 1
    ]
    return near[0] if near else None


def _check_correction_places(corrections: pd.DataFrame) -> Iterator[pd.DataFrame]:
    placed = corrections["submission"].notna() | (
        corrections["source"].notna() & corrections["row"].notna()
    )
    yield _broken_row_findings("corrections", "no_place", corrections[~placed], "field")


def _check_count_years(counts: pd.DataFrame) -> Iterator[pd.DataFrame]:
    yield _broken_row_findings(
        "counts", "duplicate", _repeated_rows(counts, counts["year"]), "year"
    )
