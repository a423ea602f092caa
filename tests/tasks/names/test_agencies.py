"""What people typed for their agency."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.names import agencies
from tests.small.rows import records
from tests.small.tables import folder_tables, register_rows, register_tables
from tests.tasks import cases

REGISTER = register_tables().agencies


def _match(*texts: str, register: pd.DataFrame = REGISTER, year: int = 2022) -> pd.DataFrame:
    return agencies.match_agencies(pd.Series(texts, dtype="str"), register, year)


def _told(text: str, **more: object) -> tuple[object, object]:
    (row,) = records(_match(text, **more), "agency_code", "rule")  # type: ignore[arg-type]
    return row


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("DINKES", "DINKES"),
        ("dinkes kota malang", "DINKES"),
        ("Dinas Kesehatan", "DINKES"),
        ("DINAS KESEHATAN  KOTA MALANG", "DINKES"),
        ("Din. Kesehatan", "DINKES"),
        ("Dinas Kesehatan (Dinkes)", "DINKES"),
        ("Bagian Organisasi Setda Kota Malang", "BAG-ORG"),
        ("Bag Organisasi Sekretariat Daerah", "BAG-ORG"),
        ("Kelurahan Bareng", "KEL-BARENG"),
        ("Kel. Bareng", "KEL-BARENG"),
        ("Puskesmas Bareng", "PKM-BARENG"),
        ("UPT Puskesmas Bareng Dinas Kesehatan", "PKM-BARENG"),
        ("Kelurahan Kedungkandang Kec. Kedungkandang", "KEL-KK"),
        ("Kec Kedung Kandang", "KEC-KK"),
        ("pkm-kk", "PKM-KK"),
        ("SMPN 2 Malang", "SMPN-02"),
        ("SMPN 10", "SMPN-10"),
    ],
)
def test_an_exact_match_looks_past_case_punctuation_abbreviations_and_the_city(
    text: str, code: str
) -> None:
    assert _told(text) == (code, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Dinkes - Puskesmas Bareng", "PKM-BARENG"),
        ("Dinas Kesehatan Kota Malang / UPT Puskesmas Bareng", "PKM-BARENG"),
        ("Setda Bagian Organisasi", "BAG-ORG"),
        ("Pemerintah Kota Malang, Dinas Kesehatan", "DINKES"),
        ("Dinas Dinkes", "DINKES"),
        ("SMPN10", "SMPN-10"),
        ("PuskesmasBareng", "PKM-BARENG"),
    ],
)
def test_a_parent_the_government_or_a_kind_beside_a_name_is_no_other_name(
    text: str, code: str
) -> None:
    assert _told(text) == (code, None)


def test_a_code_or_name_comes_before_another_bodys_alias_and_an_alias_before_a_longer_name() -> (
    None
):
    lines = (
        "A;Dinas Pendidikan;;;;",
        "B;Dinas Kebudayaan;;;;Dinas Pendidikan|Pasar A",
        "A-1;Pasar;;;A;",
    )
    register = register_tables(agencies=register_rows(*lines)).agencies

    assert [_told(text, register=register) for text in ("Dinas Pendidikan", "Pasar A")] == [
        ("A", None),
        ("B", None),
    ]


def test_an_alias_that_two_bodies_claim_is_ambiguous() -> None:
    lines = ("A;Dinas Pendidikan;;;;Dikbud", "B;Dinas Kebudayaan;;;;DIKBUD")
    register = register_tables(agencies=register_rows(*lines)).agencies

    assert _told("Dikbud Kota Malang", register=register) == (None, "ambiguous_agency")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Dinas Olahraga, Kepemudaan dan Pariwisata", ("P", "approximate_agency")),  # another order
        (
            "Dinas Pariwisata dan Kepemudaan",
            ("P", "approximate_agency"),
        ),  # more than half of the letters
        ("Dinas Pariwisata", (None, "unknown_agency")),
        (
            "Dinas Kepemudaan, Olahraga dan Kesehatan",
            (None, "unknown_agency"),
        ),  # a word that the name does not have
        ("Puskesmas Celaket Rampal", ("R", "approximate_agency")),
        ("Puskesmas Rampal", (None, "unknown_agency")),  # part of a place's name
        ("Kelurahan Gading", (None, "ambiguous_agency")),  # a slip for one, part of the other
    ],
)
def test_the_words_of_a_name_may_stand_in_another_order_and_most_of_an_offices_name_alone(
    text: str, told: tuple[object, object]
) -> None:
    lines = (
        "P;Dinas Kepemudaan, Olahraga dan Pariwisata;;;;",
        "R;Puskesmas Rampal Celaket;;;;",
        "GD;Kelurahan Gadang;;;;",
        "GK;Kelurahan Gading Kasri;;;;",
    )

    assert _told(text, register=register_tables(agencies=register_rows(*lines)).agencies) == told


def test_a_body_of_another_year_stands_back_for_one_of_the_year_that_is_as_near() -> None:
    lines = ("OLD;Dinas Perdagangan;;;;", "NEW;Dinas Koperasi;;;;Dinas Perdagangan")
    both = register_tables(agencies=register_rows(*lines, years={"OLD": (None, 2019)})).agencies

    assert _told("Dinas Perdaganggan", register=both) == ("NEW", "approximate_agency")


@pytest.mark.parametrize(
    "text",
    [
        "Dinas Kesehatan Kabupaten Malang",
        "Dinas Kesehatan Kab. Malang",
        "Dinas Kesehatan Kota Batu",
        "Dinas Kesehatan Provinsi Jawa Timur",
        "Karang Taruna Kelurahan Bareng",
        "Posyandu Kelurahan Bareng",
        "Sekretariat Dinas Kesehatan",
        "SMP Muhammadiyah 2 Malang",
        "Kabupaten Malang",
        "Kecamatan Bareng",
    ],
)
def test_a_body_of_another_place_or_one_that_names_ours_by_the_way_is_unknown(text: str) -> None:
    assert _told(text) == (None, "unknown_agency")


@pytest.mark.parametrize(
    ("text", "code", "similarity"),
    [
        ("Dinas Kesehtan", "DINKES", "92.3"),
        ("Puskemas Bareng", "PKM-BARENG", "93.3"),
        ("Kelurahan Barengg", "KEL-BARENG", "93.8"),
        (
            "Dinas Lingkungan Hdiup",
            "DLH",
            "95.0",
        ),  # two neighbouring letters in the wrong order: one slip
        ("Puskesmas Bareng Malang", "PKM-BARENG", "71.4"),
        ("Dinas Kesehatan Kota Mlang", "DINKES", "95.7"),
        ("Gribig", "PKM-GRIBIG", "40.0"),  # a place that one body alone has
    ],
)
def test_a_near_name_with_one_candidate_is_taken_and_listed_with_how_alike_it_is(
    text: str, code: str, similarity: str
) -> None:
    assert records(_match(text), "agency_code", "rule", "similarity") == [
        (code, "approximate_agency", similarity)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "SMPN 1",
        "SMPN 12",
        "SMP Negeri 20",
        "SMPN",
        "Kelurahan Gribig",
        "Puskesmas Tlogomas",
        "DLK",
        "Dinas Kesehatan Kabupaten Malang",
        "Kelurahan Bareng Kec. Kedungkandang",
        "Pemerintah Kota Malang",
        "-",
        "xyz",
    ],
)
def test_numbers_kinds_and_short_names_are_never_approximated(text: str) -> None:
    assert _told(text) == (None, "unknown_agency")


def test_a_bare_place_name_that_several_bodies_share_is_ambiguous_and_lists_them() -> None:
    assert records(_match("Kedungkandang", "kota malang bareng"), "typed", "rule", "candidates")[
        0
    ] == (
        "Kedungkandang",
        "ambiguous_agency",
        (
            "Kecamatan Kedungkandang (KEC-KK), Kelurahan Kedungkandang (KEL-KK), Puskesmas "
            "Kedungkandang (PKM-KK)"
        ),
    )


def test_a_name_near_two_bodies_is_ambiguous() -> None:
    near = register_tables(
        agencies=register_rows("A;Kelurahan Arjosari;;;;", "B;Kelurahan Arjosaru;;;;")
    ).agencies

    assert records(
        _match("Kelurahan Arjosar", register=near), "agency_code", "rule", "candidates"
    ) == [(None, "ambiguous_agency", "Kelurahan Arjosari (A), Kelurahan Arjosaru (B)")]


def test_two_bodies_with_one_name_are_ambiguous_under_it_and_known_by_their_codes() -> None:
    twins = register_tables(
        agencies=register_rows("A;Kel. Sama;;;;", "B;Kelurahan Sama;;;;")
    ).agencies

    assert [_told(text, register=twins) for text in ("kelurahan sama", "a", "B")] == [
        (None, "ambiguous_agency"),
        ("A", None),
        ("B", None),
    ]


def test_a_body_of_another_year_is_unknown_and_says_when_it_existed() -> None:
    old = register_tables(agencies=register_rows(years={"PKM-GRIBIG": (2001, 2021)})).agencies

    (row,) = records(
        _match("Puskesmas Gribig", register=old), "agency_code", "rule", "case", "years"
    )

    assert row == (None, "unknown_agency", "year", "Puskesmas Gribig (PKM-GRIBIG): 2001-2021")


@pytest.mark.parametrize(
    ("year", "told"),
    [
        (2020, (None, "unknown_agency")),
        (2021, ("DLH", None)),
        (2022, ("DLH", None)),
        (2023, (None, "unknown_agency")),
    ],
)
def test_the_first_and_the_last_year_still_count(year: int, told: tuple[object, object]) -> None:
    years = register_tables(agencies=register_rows(years={"DLH": (2021, 2022)})).agencies

    assert _told("DLH", register=years, year=year) == told


def test_of_two_bodies_with_one_name_the_one_that_exists_is_meant() -> None:
    lines = ("OLD;Dinas Pasar;;;;", "NEW;Dinas Perdagangan;;;;Dinas Pasar")
    both = register_tables(agencies=register_rows(*lines, years={"OLD": (None, 2019)})).agencies

    assert _told("Dinas Pasar", register=both) == ("NEW", None)


def test_beside_an_unknown_name_stand_the_names_that_are_a_little_like_it() -> None:
    assert records(_match("Kelurahan Tlogo"), "rule", "case", "candidates") == [
        ("unknown_agency", "alike", "Kelurahan Tlogomas (KEL-TM)")
    ]


def test_each_distinct_text_has_one_row_and_empty_ones_none() -> None:
    found = agencies.match_agencies(
        pd.Series(["Dinkes", None, "Dinkes", "DLH"], dtype="str"), REGISTER, 2022
    )

    assert found["typed"].tolist() == ["Dinkes", "DLH"]


def test_an_empty_register_knows_nobody_and_no_text_asks_for_nobody() -> None:
    empty = REGISTER.iloc[:0]

    assert _told("Dinkes", register=empty) == (None, "unknown_agency")
    assert _match().columns.tolist() == agencies.MATCH_COLUMNS


@pytest.mark.parametrize(
    ("host", "city"),
    [
        ("Pemerintah Kota Malang", "kota malang"),
        ("", "kota malang"),
        ("Pemerintah Kabupaten Blitar", "kabupaten blitar"),
    ],
)
def test_the_city_that_may_follow_a_name_is_the_hosts(host: str, city: str) -> None:
    assert agencies.host_city(host) == city


@given(
    st.integers(0, len(REGISTER) - 1),
    st.sampled_from(["upper", "lower", "title"]),
    st.sampled_from(["", " Kota Malang", ", "]),
)
def test_every_body_is_met_exactly_under_its_own_name(row: int, change: str, after: str) -> None:
    body = REGISTER.iloc[row]

    assert _told(getattr(body["agency"], change)() + after) == (body["agency_code"], None)


@given(st.integers(0, len(REGISTER) - 1), st.integers(0, 40), st.sampled_from("qzw"))
def test_one_wrong_letter_never_leads_to_a_body_of_another_kind_or_number(
    row: int, position: int, letter: str
) -> None:
    name = REGISTER.iloc[row]["agency"]
    place = position % len(name)
    code, _ = _told(name[:place] + letter + name[place + 1 :])

    assert code in (None, REGISTER.iloc[row]["agency_code"])


@pytest.mark.parametrize("text", ["9" * 5000, "Kelurahan " * 20_000, "\x00", "SMPN " + "0" * 5000])
def test_what_no_body_is_called_is_unknown_however_long_it_is(text: str) -> None:
    assert _told(text)[1] == "unknown_agency"


@pytest.mark.parametrize("case", cases.of("agency-matching"))
def test_a_case_of_matching(case: cases.Case) -> None:
    known = case.tables["register"].replace("", None)
    register = folder_tables(agencies=known.to_dict("records")).agencies

    found = agencies.match_agencies(case.tables["input"]["typed"], register, 2022)

    assert cases.rows(found[["agency_code", "rule", "similarity"]]) == cases.rows(
        case.tables["output"]
    )


# --- the register of a city as it is
# ---------------------------------------------------------------------------------

MALANG = Path("examples/malang-2022/agencies.csv")
BESIDE = [
    "{}",
    "{} Kota Malang",
    "{}, KOTA MALANG.",
    "Pemerintah Kota Malang {}",
    "Pemkot Malang - {}",
    "UPT {}",
    "Kantor {}",
    "{} Malang",
    "{} Kota Mlang",
    "{} ({short})",
    "{short} - {name}",
    "{} {above}",
    "{above} Kota Malang - {}",
    "{above_short}: {}",
    "{}, {above}, Kota Malang",
]


def _malang() -> pd.DataFrame:
    read = pd.read_csv(MALANG, dtype="str").rename(
        columns={"code": "agency_code", "name": "agency"}
    )
    return read.assign(
        valid_from=pd.Series(pd.NA, read.index, "Int64"),
        valid_to=pd.Series(pd.NA, read.index, "Int64"),
    )


@pytest.mark.parametrize("form", BESIDE)
def test_every_body_of_a_real_register_is_met_with_what_officials_write_beside_its_name(
    form: str,
) -> None:
    register = _malang()
    by_code = register.set_index("agency_code")
    typed = {}
    for body in register.itertuples():
        above = (
            by_code.loc[body.parent_code]
            if isinstance(body.parent_code, str)
            else by_code.loc[body.agency_code]
        )
        words = {
            "short": body.short_name,
            "name": body.agency,
            "above": above.agency,
            "above_short": above.short_name,
        }
        for spelling in (
            body.agency,
            body.short_name,
            body.agency.upper(),
            body.agency.replace(" dan ", " & "),
        ):
            typed[form.format(spelling, **words)] = body.agency_code

    found = _match(*typed, register=register)

    assert dict(zip(found["typed"], found["agency_code"], strict=True)) == typed


@given(st.integers(0, 119), st.integers(0, 60), st.sampled_from(["", "a", "n", "x"]), st.booleans())
def test_a_slip_of_the_pen_never_meets_another_body_of_a_real_register(
    place: int, at: int, letter: str, is_put_in: bool
) -> None:
    register = _malang()
    body = register.iloc[place % len(register)]
    at %= len(body.agency)
    typed = body.agency[:at] + letter + body.agency[at + (0 if is_put_in else 1) :]

    (code,) = _match(typed, register=register)["agency_code"]

    assert code != code or code == body.agency_code
