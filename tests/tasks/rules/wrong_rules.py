# ruff: noqa: E501  # a case a line
"""Every mistake that competition.toml can have, each a change of the rules that have every key."""

import re
from dataclasses import dataclass

from tests.small.whole_rules import WHOLE


@dataclass(frozen=True)
class Case:
    """WHOLE with `old` as `new` (all of it, where `old` is empty) has the problem `message` at
    `place`, and no other.
    """

    old: str
    new: str
    place: str
    message: str

    @property
    def text(self) -> str:
        assert self.old in WHOLE, self.old
        return WHOLE.replace(self.old, self.new, 1) if self.old else self.new

    def __str__(self) -> str:
        return f"{self.message} at {self.place}"


def _case(place: str, message: str, old: str, new: str) -> Case:
    return Case(old, new, place, message)


PROPOSAL, TALK = "phases[proposal]", "phases[presentasi]"
UNGROUPED = re.sub(r"\[\[groups\]\].*?(?=\[submission\])", "", WHOLE, flags=re.DOTALL)
SYNTAX = [
    Case("", 'name = "a"\nyear = “2022”\n', "competition.toml:2", "syntax_quotes"),
    Case("", 'name = "a"\nname = "b"\n', "competition.toml:2", "syntax_twice"),
    Case("", "[forms]\n[forms]\n", "competition.toml:2", "syntax_twice"),
    Case("", 'name = "a"\n\nyear = [2022\n', "competition.toml:3", "syntax_other"),
    Case("", 'name = "a"\nyear 2022\n', "competition.toml:2", "syntax_other"),
    Case("", "closes = 2022-13-01T00:00:00\n", "competition.toml:1", "syntax_other"),
    Case("", "a = " + "[" * 5000, "competition.toml", "syntax_file"),
    Case("", "a = " + "9" * 5000, "competition.toml", "syntax_file"),
]
ONE_KEY = [
    _case("name", "missing_top", 'name = "KIPP Kota Malang"\n', ""),
    _case("year", "missing_top", "year = 2022\n", ""),
    _case("timezone", "missing_top", 'timezone = "Asia/Jakarta"\n', ""),
    _case("phases[pendaftaran].closes", "missing_closes", "closes = 2022-03-15T23:59:59 ", ""),
    _case("phases[administrasi].kind", "missing", 'kind = "screening"\n', ""),
    _case(f"{PROPOSAL}.scale", "missing", "scale = [0, 100]\n", ""),
    _case(
        "phases[nominasi].levels[nasional].quota",
        "missing",
        '{ code = "nasional", quota = 10 }',
        '{ code = "nasional" }',
    ),
    _case("categories[1].code", "missing", 'code = "kesehatan"\n', ""),
    _case("zzqqy", "unknown_key", 'host = "', 'zzqqy = "'),
    _case("hots", "unknown_key.near", "host =", "hots ="),
    _case("obligation.minimun", "unknown_key.near", "minimum = 1", "minimun = 1"),
    _case(f"{PROPOSAL}.agregate", "unknown_key.near", "aggregate =", "agregate ="),
    _case(
        f"{PROPOSAL}.advance.perlist",
        "unknown_key.near",
        "advance = { per_list = 3,",
        "advance = { perlist = 3,",
    ),
    _case(
        "phases[administrasi].scale",
        "unknown_key",
        'kind = "screening"\n',
        'kind = "screening"\nscale = [0, 1]\n',
    ),
    _case("publication.letterhead.alamat", "unknown_key", "address =", "alamat ="),
    _case("documents.minutes-proposal.nomor", "unknown_key", "number =", "nomor ="),
    _case("name", "type_text", 'name = "KIPP Kota Malang"', "name = 5"),
    _case(
        "categories[kesehatan].name",
        "type_text",
        'name = { id = "Kesehatan", en = "Health" }',
        "name = 5",
    ),
    _case("categories[kesehatan].aliases[1]", "type_text", '["Bidang Kesehatan"]', "[true]"),
    _case("year", "type_whole", "year = 2022", 'year = "2022"'),
    _case("year", "type_whole", "year = 2022", "year = 2022.0"),
    _case("target", "type_whole", "target = 100", "target = true"),
    _case(
        "submission.minimum_age_years",
        "type_whole",
        "minimum_age_years = 1",
        'minimum_age_years = "1"',
    ),
    _case(
        "submission.words.summary[2]", "type_whole", "summary = [0, 200]", 'summary = [0, "200"]'
    ),
    _case(
        f"{PROPOSAL}.criteria[signifikansi].weight",
        "type_number",
        "weight = 30, name",
        'weight = "30", name',
    ),
    _case(
        f"{PROPOSAL}.criteria[signifikansi].weight",
        "type_number",
        "weight = 30, name",
        "weight = true, name",
    ),
    _case("obligation.roll_up", "type_boolean", "roll_up = false", 'roll_up = "tidak"'),
    _case("phases[pendaftaran].closes", "type_datetime", "2022-03-15T23:59:59", "2022-03-15"),
    _case(
        "phases[pendaftaran].closes",
        "type_datetime",
        "2022-03-15T23:59:59",
        '"2022-03-15T23:59:59"',
    ),
    _case(
        "documents.minutes-proposal.on", "type_date", "on = 2022-04-11", "on = 2022-04-11T00:00:00"
    ),
    _case(
        "submission.required",
        "type_list",
        'required = ["title", "agency", "category", "started_on", "summary"]',
        'required = "title"',
    ),
    _case("categories", "type_list", "[[categories]]", "[categories]"),
    _case("schedule", "type_table", '[schedule]\nnightly = "0 1 * * *"', "[[schedule]]"),
    _case(
        "submission.words",
        "type_table",
        "words = { summary = [0, 200], significance = [0, 600] }",
        "words = 200",
    ),
    _case(
        f"{PROPOSAL}.criteria",
        "empty_list",
        'criteria = [{ code = "signifikansi", weight = 30, name = { id = "Signifikansi", en = "Significance" } }]',
        "criteria = []",
    ),
    _case("name", "blank", '"KIPP Kota Malang"', '"  "'),
    _case("categories[kesehatan].name.en", "blank", 'en = "Health"', 'en = ""'),
    _case("obligation.minimum", "too_small", "minimum = 1", "minimum = 0"),
    _case("year", "too_small", "year = 2022", "year = 22"),
    _case(
        f"{TALK}.criteria[paparan].weight",
        "too_small",
        'code = "paparan", weight = 30',
        'code = "paparan", weight = -1',
    ),
    _case(f"{PROPOSAL}.precision", "too_large", "precision = 2", "precision = 10"),
    _case(
        f"{PROPOSAL}.criteria[signifikansi].weight",
        "not_finite",
        "weight = 30, name",
        "weight = nan, name",
    ),
    _case(
        f"{PROPOSAL}.criteria[signifikansi].weight",
        "not_finite",
        "weight = 30, name",
        "weight = inf, name",
    ),
    _case(
        f"{PROPOSAL}.criteria[signifikansi].weight",
        "number_size",
        "weight = 30, name",
        "weight = 1e9, name",
    ),
    _case(
        f"{PROPOSAL}.criteria[signifikansi].weight",
        "number_size",
        "weight = 30, name",
        "weight = 0.0000000001, name",
    ),
    _case(f"{PROPOSAL}.scale", "not_two", "scale = [0, 100]", "scale = [0, 50, 100]"),
    _case("submission.words.summary", "not_two", "summary = [0, 200]", "summary = [200]"),
    _case("phases[pendaftaran].opens", "far_date", "opens = 2022-02-01", "opens = 0222-02-01"),
    _case("language", "choice", 'language = "id"', 'language = "jv"'),
    _case("rules.too_long", "choice", 'too_long = "warning"', 'too_long = "critical"'),
    _case("publication.paper", "choice", 'paper = "A4"', 'paper = "Kuarto"'),
    _case(
        f"{PROPOSAL}.rank_within[1]",
        "choice.near",
        'rank_within = ["category"]',
        'rank_within = ["categories"]',
    ),
    _case("phases[administrasi].kind", "choice.near", 'kind = "screening"', 'kind = "screning"'),
    _case(
        "categories[kesehatan].name.ind",
        "choice",
        'name = { id = "Kesehatan"',
        'name = { ind = "Kesehatan"',
    ),
    _case(
        "categories[kése hatan].code", "unsafe_code", 'code = "kesehatan"', 'code = "kése hatan"'
    ),
    _case("categories[CON].code", "unsafe_code", 'code = "kesehatan"', 'code = "CON"'),
    _case("categories[../x].code", "unsafe_code", 'code = "kesehatan"', 'code = "../x"'),
]
CODES_AND_NAMES = [
    _case("categories[Index].code", "taken_code", 'code = "kesehatan"', 'code = "Index"'),
    _case(
        "categories[Kesehatan].code",
        "duplicate_code",
        "[[phases]]",
        '[[categories]]\ncode = "Kesehatan"\n\n[[phases]]',
    ),
    _case(
        "groups[2].code",
        "duplicate_code",
        "[submission]",
        '[[groups]]\ncode = "umum"\n\n[submission]',
    ),
    _case(
        f"{TALK}.criteria[Paparan].code",
        "duplicate_code",
        'code = "materi", weight = 70',
        'code = "Paparan", weight = 70',
    ),
    _case(
        "phases[ad-ministrasi].code",
        "duplicate_code",
        'code = "nominasi"',
        'code = "ad-ministrasi"',
    ),
    _case(
        "phases[nominasi].levels[PROVINSI].code",
        "duplicate_code",
        'code = "nasional"',
        'code = "PROVINSI"',
    ),
    _case(
        "phases[administrasi].requirements[surat_pernyataan].code",
        "duplicate_code",
        "requirements = [",
        'requirements = [{ code = "suratpernyataan" }, ',
    ),
    _case(
        "categories[gizi].aliases",
        "shared_name",
        "[[phases]]",
        '[[categories]]\ncode = "gizi"\naliases = ["KESEHATAN"]\n\n[[phases]]',
    ),
    _case(
        "categories[gizi].name",
        "shared_name",
        "[[phases]]",
        '[[categories]]\ncode = "gizi"\nname = "bidang  kesehatan"\n\n[[phases]]',
    ),
    _case(
        f"{TALK}.criteria[materi].name",
        "shared_name",
        'code = "materi", weight = 70',
        'code = "materi", name = "Paparan", weight = 70',
    ),
]
REFERENCES = [
    _case("timezone", "unknown_timezone.near", "Asia/Jakarta", "Asia/Jakarata"),
    _case("timezone", "unknown_timezone", "Asia/Jakarta", "Waktu Indonesia Barat"),
    _case("timezone", "unknown_timezone", "Asia/Jakarta", "localtime"),
    _case("timezone", "unknown_timezone", "Asia/Jakarta", "../../etc/passwd"),
    _case("submission.required[1]", "unknown_field.near", '"title", "agency"', '"titel", "agency"'),
    _case("submission.required[1]", "unknown_field", '"title", "agency"', '"judul", "agency"'),
    _case("submission.words.agency", "not_counted", "summary = [0, 200]", "agency = [0, 200]"),
    _case(
        "submission.words.resource",
        "unknown_field.near",
        "summary = [0, 200]",
        "resource = [0, 200]",
    ),
    _case(
        "submission.minimum_age_years.replikasi",
        "unknown_group",
        "minimum_age_years = 1",
        "minimum_age_years = { replikasi = 1 }",
    ),
    _case(
        "submission.minimum_age_years.umun",
        "unknown_group.near",
        "minimum_age_years = 1",
        "minimum_age_years = { umun = 1 }",
    ),
    _case("rules.zzz", "unknown_rule", "too_long =", "zzz ="),
    _case("rules.too_lang", "unknown_rule.near", "too_long =", "too_lang ="),
    *(
        _case(f"rules.{code}", "rule_fixed", 'too_long = "warning"', f'{code} = "off"')
        for code in (
            "late",
            "early",
            "unknown_agency",
            "ambiguous_agency",
            "unknown_category",
            "unknown_group",
            "broken_register",
            "correction_failed",
            "no_readable_export",
        )
    ),
    _case(
        f"{PROPOSAL}.tie_break[1]",
        "unknown_criterion",
        'tie_break = ["signifikansi"]',
        'tie_break = ["zz"]',
    ),
    _case(
        f"{PROPOSAL}.tie_break[1]",
        "unknown_criterion.near",
        'tie_break = ["signifikansi"]',
        'tie_break = ["signifikan"]',
    ),
    _case(
        f"{PROPOSAL}.tie_break[2]",
        "repeated",
        '["signifikansi"]',
        '["signifikansi", "signifikansi"]',
    ),
    _case(
        f"{TALK}.carry.zz",
        "carry_not_earlier",
        "carry = { proposal = 0.3 }",
        "carry = { zz = 0.3 }",
    ),
    _case(
        f"{TALK}.carry.proposa",
        "carry_not_earlier.near",
        "carry = { proposal = 0.3 }",
        "carry = { proposa = 0.3 }",
    ),
    _case(
        f"{TALK}.carry.administrasi",
        "carry_not_earlier",
        "carry = { proposal = 0.3 }",
        "carry = { administrasi = 0.3 }",
    ),
    _case(
        f"{TALK}.carry.presentasi",
        "carry_not_earlier",
        "carry = { proposal = 0.3 }",
        "carry = { presentasi = 0.3 }",
    ),
    _case('forms.submissions."Apa nama inovasi Anda?"', "unknown_field", '= "title"', '= "judul"'),
    _case("forms.scores.zz", "not_judging", "[forms.scores.proposal]", "[forms.scores.zz]"),
    _case(
        "forms.scores.administrasi",
        "not_judging",
        "[forms.scores.proposal]",
        "[forms.scores.administrasi]",
    ),
    _case(
        "forms.scores.propozal",
        "not_judging.near",
        "[forms.scores.proposal]",
        "[forms.scores.propozal]",
    ),
    _case(
        "forms.screening.zz",
        "not_screening",
        "[forms.screening.administrasi]",
        "[forms.screening.zz]",
    ),
    _case(
        "forms.screening.admin",
        "not_screening",
        "[forms.screening.administrasi]",
        "[forms.screening.admin]",
    ),
    _case(
        "forms.screening.administras",
        "not_screening.near",
        "[forms.screening.administrasi]",
        "[forms.screening.administras]",
    ),
    _case(
        "forms.scores.proposal.Nilai",
        "unknown_field",
        "[forms.scores.proposal]",
        '[forms.scores.proposal]\nNilai = "paparan"',
    ),
    _case("publication.final[1]", "unknown_phase", 'final = ["pendaftaran"]', 'final = ["zz"]'),
    _case(
        "publication.final[1]",
        "unknown_phase.near",
        'final = ["pendaftaran"]',
        'final = ["pendaftran"]',
    ),
    _case(
        "publication.final[2]",
        "repeated",
        'final = ["pendaftaran"]',
        'final = ["pendaftaran", "pendaftaran"]',
    ),
    _case(
        "publication.public[3]",
        "repeated",
        '["ranks", "compliance"]',
        '["ranks", "compliance", "ranks"]',
    ),
    _case("obligation.types[8]", "repeated", '"kecamatan"]', '"kecamatan", "dinas"]'),
    _case("documents.zz", "unknown_document", "[documents.minutes-proposal]", "[documents.zz]"),
    _case(
        "documents.minutes-propsal",
        "unknown_document.near",
        "[documents.minutes-proposal]",
        "[documents.minutes-propsal]",
    ),
    _case(
        f"{PROPOSAL}.conflicts[2]",
        "repeated",
        "conflicts = [",
        'conflicts = [{ judge = "NAME", agency = "dinkes" }, ',
    ),
]
PHASES = [
    _case(
        "phases[pendaftaran].kind",
        "registration_first",
        'kind = "registration"',
        'kind = "judging"\nscale = [0, 100]\ncriteria = [{ code = "a", weight = 1 }]',
    ),
    _case(
        "phases[ulang].kind",
        "second_registration",
        '[[phases]]\ncode = "administrasi"',
        '[[phases]]\ncode = "ulang"\nkind = "registration"\ncloses = 2022-03-16T00:00:00\n\n[[phases]]\ncode = "administrasi"',
    ),
    _case(
        "phases[awal].kind",
        "nomination_without_judging",
        '[[phases]]\ncode = "proposal"',
        '[[phases]]\ncode = "awal"\nkind = "nomination"\ncloses = 2022-03-23T00:00:00\nlevels = [{ code = "a", quota = 1 }]\n'
        '\n[[phases]]\ncode = "proposal"',
    ),
    _case(
        "phases[akhir].kind",
        "after_nomination",
        "[forms]\n",
        '[[phases]]\ncode = "akhir"\nkind = "screening"\ncloses = 2022-05-30T00:00:00\nrequirements = [{ code = "a" }]\n\n[forms]\n',
    ),
    _case(
        "phases[pendaftaran].opens",
        "opens_late",
        "opens = 2022-02-01T00:00:00",
        "opens = 2022-03-15T23:59:59",
    ),
    _case(
        "phases[administrasi].closes",
        "closes_early",
        "closes = 2022-03-22T23:59:59",
        "closes = 2022-03-15T23:59:59",
    ),
    _case(
        "phases[proposal].closes",
        "closes_early",
        "closes = 2022-04-10T23:59:59",
        "closes = 2022-03-22T23:59:58+07:00",
    ),
]
JUDGING = [
    _case(f"{PROPOSAL}.scale", "scale_order", "scale = [0, 100]", "scale = [100, 100]"),
    _case(f"{PROPOSAL}.criteria", "weights_zero", "weight = 30, name", "weight = 0, name"),
    _case(
        f"{PROPOSAL}.total",
        "max_without_sum",
        'criteria = [{ code = "signifikansi", weight = 30, name',
        'criteria = [{ code = "uraian", max = 30 }, { code = "signifikansi", weight = 30, name',
    ),
    _case(
        f"{PROPOSAL}.criteria[signifikansi].max",
        "max_low",
        "weight = 30, name",
        "max = 0, name",
    ),
    _case(
        f"{PROPOSAL}.criteria[signifikansi].minimum",
        "score_off_scale",
        "weight = 30, name",
        "minimum = 100.5, name",
    ),
    _case(
        f"{PROPOSAL}.advance",
        "per_list_and_overall",
        "per_list = 3, minimum",
        "per_list = 3, overall = 4, minimum",
    ),
    _case(
        f"{PROPOSAL}.advance.minimum_score",
        "score_off_scale",
        "minimum_score = 60",
        "minimum_score = 100.5",
    ),
    Case(
        "",
        UNGROUPED.replace('rank_within = ["category"]', 'rank_within = ["category", "group"]'),
        f"{PROPOSAL}.rank_within[2]",
        "no_groups",
    ),
    _case(
        f"{TALK}.carry.proposal",
        "carry_scale",
        "closes = 2022-04-24T23:59:59\nscale = [0, 100]",
        "closes = 2022-04-24T23:59:59\nscale = [0, 10]",
    ),
    _case(f"{TALK}.carry.proposal", "share_size", "proposal = 0.3", "proposal = 0.0"),
    _case(f"{TALK}.carry.proposal", "share_size", "proposal = 0.3", "proposal = -0.5"),
    _case(f"{TALK}.carry", "shares_sum", "proposal = 0.3", "proposal = 1"),
]
SETTINGS = [
    _case("submission.words.summary", "words_order", "summary = [0, 200]", "summary = [201, 200]"),
    *(
        _case("publication.letterhead.logo", "logo_outside", 'logo = "logo.svg"', f"logo = {path}")
        for path in (
            '"../logo.svg"',
            '"/etc/logo.svg"',
            "'C:\\logo.svg'",
            "'..\\logo.svg'",
            "'\\\\server\\logo.svg'",
        )
    ),
    *(
        _case("schedule.nightly", "cron", '"0 1 * * *"', f'"{text}"')
        for text in (
            "0 1 * *",
            "0 1 * * * *",
            "@daily",
            "0 25 * * *",
            "0 0 31 2 *",
            "0 1 L * *",
            "0 1 * * MON#1",
            "",
            "satu malam",
        )
    ),
]
STORAGE = [
    Case("[schedule]", f'[storage]\n{key} = "{text}"\n\n[schedule]', f"storage.{key}", message)
    for key, text, message in (
        ("inbox", "zz://wadah/inbox", "url"),
        ("inbox", "s3://", "url"),
        ("inbox", "s3://[wadah", "url"),
        ("inbox", "https://a:b@example.org/x.csv", "url_secret"),
        ("history", "https://example.org/x?token=abc", "url_secret"),
        ("published", "https://example.org/", "url_read_only"),
        ("inbox", "simplecache::s3://a:b@wadah/inbox", "url_secret"),
        ("inbox", "sftp://a:b@host/inbox", "url_secret"),
        ("inbox", "https://example.org/x.csv?sig=abc", "url_secret"),
        ("inbox", "https://example.org/x#token=abc", "url_secret"),
    )
] + [
    Case("[schedule]", f"[storage]\n{key} = {value}\n\n[schedule]", f"storage.{key}", "secret")
    for key, value in (
        ("key", '"abc"'),
        ("secret", '"abc"'),
        ("password", '"abc"'),
        ("aws_secret_access_key", '"abc"'),
        ("token", '"abc"'),
        ("s3", '{ key = "abc", secret = "def" }'),
    )
]
CASES = [
    *SYNTAX,
    *ONE_KEY,
    *CODES_AND_NAMES,
    *REFERENCES,
    *PHASES,
    *JUDGING,
    *SETTINGS,
    *STORAGE,
]
