"""The schema: the columns that interface.md promises, letter for letter, and a dictionary made from
it.
"""

from pathlib import Path

import pytest

from tasks.schema import (
    CSV_NAMES,
    DECIDABLE_OUTCOMES,
    OUTCOMES,
    SUBMISSION_FIELDS,
    TABLES,
    data_dictionary,
)

PROMISED = {
    "submissions": "submission_id,title,agency_code,agency,category,group,submitted_at,status,"
    "stage,source,row,"
    "ranked_status,reason",
    "findings": "severity,rule,table,phase,source,row,submission_id,field,value,message",
    "screening": "phase,submission_id,unmet,note,ranked_outcome,outcome,reason",
    "marks": "phase,submission_id,judge,criterion,mark,used,reason",
    "rankings": "phase,group,category,rank,submission_id,title,agency_code,score,own_score,"
    "sheets,rank_low,rank_high,"
    "p_first,p_advance,adjusted_score,adjusted_rank,ranked_outcome,outcome,reason",
    "nominations": "phase,level,place,submission_id,title,agency_code,category,score,"
    "ranked_outcome,outcome,reason",
    "judges": "phase,judge,sheets,severity,severity_se,fit",
    "ties": "phase,list,rank,submission_id,broken_by",
    "cutoffs": "phase,list,places,score,margin",
    "corrected": "source,row,submission_id,field,was,is,reason",
    "compliance": "agency_code,agency,type,parent_code,obliged,received,accepted,screened,"
    "received_with_units,"
    "accepted_with_units,screened_with_units,status",
    "history": "year,received,accepted,agencies_obliged,agencies_compliant",
}


@pytest.mark.parametrize("name", PROMISED)
def test_the_columns_are_those_of_the_interface(name: str) -> None:
    assert (
        ",".join(CSV_NAMES.get((name, column), column) for column in TABLES[name].names)
        == PROMISED[name]
    )


def test_keys_and_required_columns_are_columns() -> None:
    strays = {
        name: set(table.key) | set(table.required)
        for name, table in TABLES.items()
        if not set(table.key) | set(table.required) <= set(table.names)
    }
    assert strays == {}


def test_what_can_be_decided_is_an_outcome() -> None:
    assert {
        kind: set(choices) - set(OUTCOMES[kind]) for kind, choices in DECIDABLE_OUTCOMES.items()
    } == {kind: set() for kind in OUTCOMES}


def test_the_fields_of_a_submission_are_those_of_the_interface() -> None:
    assert ",".join(SUBMISSION_FIELDS) == (
        "submission_id,submitted_at,title,agency,category,group,started_on,summary,background,novelty,implementation,"
        "significance,adaptability,resources,sustainability,sdgs,innovator,contact_name,contact_email,contact_phone,"
        "video_url,documents"
    )


def test_the_data_dictionary_is_the_one_that_the_schema_gives() -> None:
    written = Path(__file__).parents[2] / "docs" / "data-dictionary.md"
    assert written.read_text(encoding="utf-8") == data_dictionary()
