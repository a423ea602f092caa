"""The rules of small competitions: competition.toml as text, put together from parts, and what is
parsed from such a text.
"""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tasks.rules.competition import Competition, JudgingPhase, parse_competition

ZONE = ZoneInfo("Asia/Jakarta")
HEAD = """\
name = "Uji"
year = 2022
timezone = "Asia/Jakarta"
"""
SUBMISSION = """
[submission]
required = ["title", "agency", "category"]
"""
GROUPS = """
[[groups]]
code = "umum"
[[groups]]
code = "replikasi"
"""
CATEGORIES = """
[[categories]]
code = "satu"
[[categories]]
code = "dua"
name = { id = "Kategori Dua", en = "Second" }
aliases = ["Bidang Dua"]
"""
OPENS = "opens = 2022-02-01T00:00:00\n"
REGISTRATION = f"""
[[phases]]
code = "pendaftaran"
kind = "registration"
{OPENS}closes = 2022-03-15T23:59:59
"""
SCREENING = """
[[phases]]
code = "administrasi"
kind = "screening"
closes = 2022-03-22T23:59:59
requirements = [{ code = "surat" }, { code = "video" }]
"""
JUDGING_HEAD = """
[[phases]]
code = "proposal"
kind = "judging"
closes = 2022-04-10T23:59:59
"""
JUDGING = f"""{JUDGING_HEAD}\
scale = [0, 100]
criteria = [{{ code = "x", weight = 30 }}, {{ code = "y", weight = 70 }}]
"""
NOMINATION = """
[[phases]]
code = "nominasi"
kind = "nomination"
closes = 2022-04-30T23:59:59
levels = [{ code = "provinsi", quota = 1, barred = ["Top 45"] }]
"""
NAMED_CATEGORIES = """
[[groups]]
code = "umum"
[[categories]]
code = "kesehatan"
name = { id = "Kesehatan", en = "Health" }
aliases = ["Bidang Kesehatan"]
[[categories]]
code = "pendidikan"
"""
LIMITS = """
[submission]
minimum_age_years = 1
required = ["title", "agency", "category", "started_on", "summary"]
words = { summary = [2, 5] }
"""
INTAKE = Path(__file__).parents[1] / "cases" / "intake"
INTAKE_RULES = parse_competition((INTAKE / "competition.toml").read_text(encoding="utf-8"))


def rules_text(
    *parts: str, head: str = HEAD, submission: str = SUBMISSION, categories: str = CATEGORIES
) -> str:
    """competition.toml of these phases and other tables, else of REGISTRATION; the keys of `head`
    come first.
    """
    return head + submission + categories + "".join(parts or (REGISTRATION,))


def parse_rules(*phases: str, categories: str = "ab", head: str = "") -> Competition:
    """A competition with groups, a category per letter, REGISTRATION and these further phases;
    `head` holds more tables.
    """
    listed = "".join(f'[[categories]]\ncode = "{code}"\n' for code in categories)
    text = rules_text(
        REGISTRATION, *phases, head=HEAD + head, submission="", categories=GROUPS + listed
    )
    return parse_competition(text)


def judging_phase(lines: str = "", before: str = "") -> JudgingPhase:
    """The phase JUDGING with these further lines; `before` holds the phases before it."""
    return _proposal(before, JUDGING + lines)


def judging_phase_of(lines: str) -> JudgingPhase:
    """A judging phase of which all lines but code, kind and closes are given."""
    return _proposal(JUDGING_HEAD + lines)


def _proposal(*phases: str) -> JudgingPhase:
    phase = parse_rules(*phases).phase("proposal")
    assert isinstance(phase, JudgingPhase)
    return phase


def parse_limits(**values: str) -> Competition:
    """A competition with LIMITS and one phase of each kind but nomination; `values` replace the
    first value of their key: closes="2022-03-20T00:00:00" is registration's.
    """
    text = rules_text(
        REGISTRATION,
        SCREENING.replace('"surat"', '"surat", name = "Surat pernyataan"'),
        JUDGING.replace('"x"', '"x", name = "Signifikansi"'),
        head=HEAD + 'host = "Pemerintah Kota Malang"\n',
        submission=LIMITS,
        categories=NAMED_CATEGORIES,
    )
    for key, value in values.items():
        before, _, after = text.partition(f"\n{key} = ")
        rest = after.partition("\n")[2]
        text = f"{before}\n{key} = {value}\n{rest}"
    return parse_competition(text)


def moment(text: str) -> datetime:
    """A time in the zone of the rules."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)
