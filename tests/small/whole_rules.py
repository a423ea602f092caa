# ruff: noqa: E501  # the interface's own lines
"""The rules that have every key, as the example of the interface has them, and the problems of a
changed text.
"""

import re

from tasks.errors import RulesError
from tasks.rules.competition import parse_competition

WHOLE = """\

name = "KIPP Kota Malang"
year = 2022
host = "Pemerintah Kota Malang"
unit = "Bagian Organisasi Sekretariat Daerah"
timezone = "Asia/Jakarta"
language = "id"                      # id | en: the language of reports and messages
target = 100                         # optional: submissions hoped for this year

[obligation]                         # One Agency One Innovation
minimum = 1
types = ["sekretariat", "bagian", "inspektorat", "dinas", "badan", "satpol_pp", "kecamatan"]
counts = "accepted"                  # received | accepted | screened (passed every screening phase)
roll_up = false                      # true: a unit's submissions count for its parent; both counts are always shown

[[groups]]                           # optional: kelompok
code = "umum"
name = { id = "Umum", en = "General" }

[submission]                         # rules for one submission
minimum_age_years = 1                # of the innovation, counted back from registration's `closes`; or by group: { umum = 2, replikasi = 1 }
required = ["title", "agency", "category", "started_on", "summary"]
words = { summary = [0, 200], significance = [0, 600] }   # least and most, markup not counted

[rules]                              # optional: what a finding does, where it is not the default of section 4
too_long = "warning"                 # error | warning | off; not for late, early and unknown things (section 4)

[[categories]]
code = "kesehatan"
name = { id = "Kesehatan", en = "Health" }
aliases = ["Bidang Kesehatan"]

[[phases]]
code = "pendaftaran"
name = { id = "Pendaftaran", en = "Registration" }
kind = "registration"
opens = 2022-02-01T00:00:00
closes = 2022-03-15T23:59:59         # local to `timezone`; a later submission is late

[[phases]]
code = "administrasi"
kind = "screening"
closes = 2022-03-22T23:59:59
requirements = [{ code = "surat_pernyataan", name = { id = "Surat pernyataan", en = "Statement" } }]

[[phases]]
code = "proposal"
kind = "judging"
closes = 2022-04-10T23:59:59
scale = [0, 100]
criteria = [{ code = "signifikansi", weight = 30, name = { id = "Signifikansi", en = "Significance" } }]
minimum_judges = 2                   # fewer sheets: ranked, and flagged
aggregate = "mean"                   # mean | median | trimmed_mean (drops one highest and one lowest from 4 sheets up)
adjust = "none"                      # none | severity: which score is official; both are always reported
precision = 2                        # decimals, rounded half up; what is shown is what is ranked
tie_break = ["signifikansi"]         # criteria compared in turn; still equal: a shared rank, 1 2 2 4
rank_within = ["category"]           # any of category, group, agency_type; [] for one list
advance = { per_list = 3, minimum_score = 60 }          # or { overall = 10 } over all lists; absent: all with a score
own_agency = "leave_out"             # leave_out | flag: a judge's sheet on the judge's own agency, its parent or a unit of it
conflicts = [{ judge = "Name", agency = "DINKES" }]     # sheets that are left out besides

[[phases]]
code = "presentasi"
kind = "judging"
closes = 2022-04-24T23:59:59
scale = [0, 100]
criteria = [{ code = "paparan", weight = 30 }, { code = "materi", weight = 70 }]
carry = { proposal = 0.3 }           # optional: share of an earlier judging phase's score in this one
advance = { overall = 10 }

[[phases]]
code = "nominasi"
kind = "nomination"                  # the best of the last judging phase, over all lists, for each level
closes = 2022-04-30T23:59:59
levels = [{ code = "provinsi", quota = 3, barred = ["Top 45", "Top 40", "Top 25"] }, { code = "nasional", quota = 10 }]

[forms]
dates = "dmy"                        # optional: dmy | mdy, for dates that nothing else settles
[forms.submissions]                  # only where a heading is not recognised: heading = field
"Apa nama inovasi Anda?" = "title"
[forms.scores.proposal]
[forms.screening.administrasi]

[publication]
final = ["pendaftaran"]              # phases whose result is signed: it is frozen (section 4); the others' reports say KONSEP on every page
public = ["ranks", "compliance"]     # what the public set shows beyond who was accepted, passed, advanced, was nominated, and totals:
                                     # scores | ranks | compliance (by agency) | innovators; absent: nothing more
letterhead = { logo = "logo.svg", lines = ["PEMERINTAH KOTA MALANG", "SEKRETARIAT DAERAH"], address = "Jl. Tugu No. 1" }
signatory = { title = "Kepala Bagian Organisasi", name = "", id = "" }
paper = "A4"                         # A4 | F4 (210 x 330 mm)

[documents.minutes-proposal]         # optional, for a document: what only its author knows; absent: a blank to fill in, never invented
number = "B/187/PP.00.05/2022"
on = 2022-04-11
place = "Malang"

[schedule]
nightly = "0 1 * * *"                # cron, in `timezone`
"""


def rule_problems(text: str) -> list[tuple[str, str]]:
    """Place without the file, and message without its room, of each problem in the order in which
    they are reported; none for a text without problems.
    """
    try:
        parse_competition(text)
    except RulesError as error:
        return [(_place(p.place), p.message.removeprefix("competition.")) for p in error.problems]
    return []


def _place(place: str) -> str:
    return re.sub(r"^competition\.toml(:\d+)?: ", "", place)
