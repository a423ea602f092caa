"""An inbox of very many submissions, as one export of Google Forms: written the same every time.

Made to be as hard as real ones: agencies as people type them (names, short names, aliases, other
case, typos), titles of skewed words with acronyms in front, a share of them sent again, copied or
slightly changed, cells with markup, line breaks, quotes and letters beyond ASCII.
"""

import csv
import random
import shutil
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "malang-2022"
AS_OF = "2022-03-14"
FILE = "Pendaftaran KIPP (Jawaban).csv"
HEADINGS = (
    "Stempel waktu",
    "Judul Inovasi",
    "Perangkat Daerah / Unit Kerja Pengusul",
    "Kategori Inovasi",
    "Kelompok Inovasi",
    "Tanggal Inovasi Mulai Diimplementasikan",
    "Ringkasan (maksimal 200 kata)",
    "Latar Belakang dan Tujuan",
    "Kebaruan / Nilai Tambah",
    "Implementasi Inovasi",
    "Signifikansi",
    "Adaptabilitas",
    "Sumber Daya",
    "Strategi Keberlanjutan",
    "Kontribusi terhadap TPB / SDGs",
    "Inovator / Tim",
    "Nama Narahubung",
    "Email Narahubung",
    "No. Telepon",
    "Tautan Video (YouTube)",
    "Tautan Dokumen Pendukung",
    "Saya menyatakan bahwa data di atas benar",
)
NARRATIVES, WORDS_EACH = 8, 25
CATEGORIES = (
    "Pengentasan Kemiskinan",
    "Pendidikan",
    "Kesehatan",
    "Ketahanan Pangan",
    "Pemberdayaan Masyarakat",
    "Pertumbuhan Ekonomi dan Kesempatan Kerja",
    "Pelayanan Publik Responsif Gender",
    "Tata Kelola Pemerintahan",
    "Perlindungan dan Pelestarian Lingkungan Hidup",
    "Bidang Kesehatan",
    "kesehatan",
    "PENDIDIKAN ",
)
_FIRST = (
    "Gerakan",
    "Sistem",
    "Aplikasi",
    "Inovasi",
    "Pelayanan",
    "Rumah",
    "Kampung",
    "Sekolah",
    "Pojok",
    "Program",
    "Posyandu",
    "Pusat",
    "Layanan",
    "Kader",
    "Bank",
    "Taman",
    "Kelas",
    "Forum",
    "Klinik",
    "Pasar",
)
_STEMS = (
    "sehat",
    "ajar",
    "didik",
    "kelola",
    "layan",
    "tani",
    "dagang",
    "lapor",
    "data",
    "warga",
    "anak",
    "ibu",
    "remaja",
    "lansia",
    "sampah",
    "air",
    "jalan",
    "surat",
    "izin",
    "nikah",
    "lahir",
    "gizi",
    "balita",
    "hamil",
    "jiwa",
    "obat",
    "sekolah",
    "guru",
    "siswa",
    "baca",
    "tulis",
    "hitung",
    "seni",
    "budaya",
    "wisata",
    "kampung",
    "kota",
    "desa",
    "lurah",
    "camat",
    "dinas",
    "kantor",
    "kerja",
    "usaha",
    "modal",
    "koperasi",
    "pasar",
    "harga",
    "pangan",
    "beras",
    "ikan",
    "ternak",
    "kebun",
    "pohon",
    "hutan",
    "sungai",
    "banjir",
    "gempa",
    "api",
    "aman",
    "tertib",
    "damai",
    "rukun",
    "gotong",
    "bantu",
    "peduli",
    "tanggap",
    "cepat",
    "tepat",
    "mudah",
    "murah",
    "ramah",
    "cerdas",
    "pintar",
    "digital",
    "daring",
    "terpadu",
    "mandiri",
    "berdaya",
    "sejahtera",
    "inklusi",
    "disabilitas",
    "perempuan",
    "gender",
    "keluarga",
    "rumah",
    "sanitasi",
    "limbah",
    "plastik",
    "kompos",
    "energi",
    "surya",
    "listrik",
    "parkir",
    "angkut",
    "pajak",
    "aset",
    "arsip",
    "hukum",
    "pidana",
    "narkoba",
    "rokok",
    "olahraga",
    "pemuda",
    "zakat",
    "wakaf",
    "masjid",
    "pustaka",
    "buku",
    "kopi",
    "batik",
    "tempe",
    "keripik",
    "topeng",
    "museum",
    "taman",
    "makam",
    "menara",
    "pompa",
)
_SHAPES = (
    "{}",
    "{}",
    "{}",
    "pe{}an",
    "ke{}an",
    "ber{}",
    "me{}",
    "pem{}",
    "{}an",
    "ter{}",
    "se{}",
    "{}nya",
)
_JOINERS = ("dan", "untuk", "bagi", "di", "dari", "dengan", "melalui", "berbasis", "yang", "menuju")
_PLACES = (
    "Malang",
    "Kedungkandang",
    "Sukun",
    "Klojen",
    "Blimbing",
    "Lowokwaru",
    "Arjosari",
    "Bareng",
    "Kotalama",
    "Dinoyo",
    "Merjosari",
    "Tlogomas",
    "Gadang",
    "Mojolangu",
    "Janti",
    "Cisadea",
    "Rampal",
    "Polehan",
)


def written(folder: Path, rows: int, wrong: bool = False, seed: int = 2022) -> Path:
    """A competition's folder with an inbox of so many rows, all of them wrong in nine ways if asked
    for; gives back the export.

    Rules and tables are those of the example; a row has 200 words in 22 columns.
    """
    (folder / "inbox" / "submissions").mkdir(parents=True)
    for name in ("competition.toml", "agencies.csv", "logo.svg"):
        shutil.copyfile(EXAMPLE / name, folder / name)
    export = folder / "inbox" / "submissions" / FILE
    with export.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(HEADINGS)
        table.writerows(
            (_wrong if wrong else _as_it_is)(row)
            for row in _Entrants(rows, random.Random(seed)).rows()
        )
    return export


def _as_it_is(row: list[str]) -> list[str]:
    return row


def _wrong(row: list[str]) -> list[str]:
    """The row with unknown agency, category and group, late, an unreadable day, a summary too
    short, and nothing where something is required.
    """
    at, title, agency, category, group, _, *narratives = row
    late = at.replace("/02/2022", "/05/2022").replace("/03/2022", "/05/2022")
    texts = ["terlalu pendek", "", narratives[2], narratives[3], "", *narratives[5:9]]
    return [
        late,
        title,
        f"Lembaga {agency[::-1]}",
        f"{category} lain",
        f"{group} lain",
        "dahulu",
        *texts,
        "",
        narratives[10],
        "",
        *narratives[12:],
    ]


class _Entrants:
    """Who takes part, drawn by chance from words that are made once."""

    def __init__(self, rows: int, chance: random.Random):
        self.many, self.chance = rows, chance
        self.words = sorted({shape.format(stem) for stem in _STEMS for shape in _SHAPES})
        chance.shuffle(self.words)
        self.skewed = list(accumulate(1 / (rank + 8) ** 0.8 for rank in range(len(self.words))))
        plain = [*_STEMS * 4, *_JOINERS * 20, *self.words[::3]]
        self.clauses = [" ".join(chance.choices(plain, k=5)) for _ in range(20_000)]
        self.agencies = list(_spellings(EXAMPLE / "agencies.csv"))
        self.sent: list[list[str]] = []

    def rows(self) -> "list[list[str]]":
        """The rows in order of arrival: now and then one is delivered twice, or sent again by its
        agency.
        """
        start, span = datetime(2022, 2, 1, 8, tzinfo=UTC), timedelta(days=40)
        for number in range(self.many):
            at = (start + span * number / self.many).strftime("%d/%m/%Y %H:%M:%S")
            draw = self.chance.random()
            if self.sent and draw < 0.01:
                self.sent.append(self.chance.choice(self.sent))
            elif self.sent and draw < 0.04:
                again = self.chance.choice(self.sent)
                self.sent.append([at, *again[1:6], *self._narratives(), *again[14:]])
            else:
                self.sent.append(self._row(number, at))
        return self.sent

    def _row(self, number: int, at: str) -> list[str]:
        chance = self.chance
        begun = datetime(2017, 1, 1, tzinfo=UTC) + timedelta(days=chance.randrange(1150))
        slug = f"{number:06d}"
        return [
            at,
            self._title(),
            self._agency(),
            chance.choice(CATEGORIES),
            chance.choice(("Umum", "Umum", "Replikasi")),
            f"{begun:%d/%m/%Y}" if chance.random() < 0.9 else f"{begun.day} Februari {begun.year}",
            *self._narratives(),
            "Tanpa Kemiskinan, Kehidupan Sehat dan Sejahtera",
            f"Tim {slug}",
            f"Narahubung {slug}",
            f"kontak.{slug}@example.org",
            f"0341-{slug}",
            f"https://example.org/video/{slug}",
            f"https://example.org/berkas/{slug}",
            "Ya",
        ]

    def _narratives(self) -> list[str]:
        each = WORDS_EACH // 5
        clauses = self.chance.choices(self.clauses, k=NARRATIVES * each)
        return [self._cell(clauses[i * each : (i + 1) * each]) for i in range(NARRATIVES)]

    def _cell(self, clauses: list[str]) -> str:
        """A cell of sentences as people paste them: some with line breaks, quotes, markup, or
        typographic marks.
        """
        draw = self.chance.random()
        if draw < 0.06:
            return ".\n\n".join(clauses)
        if draw < 0.10:
            return f"\u201c{clauses[0]}\u201d \u2013 " + "; ".join(clauses[1:])
        if draw < 0.12:
            return "<p>" + "</p><p>".join(clauses) + "</p> &amp; <br>"
        if draw < 0.16:
            return f'"{clauses[0]}" & ' + " - ".join(clauses[1:])
        return ", ".join(clauses).capitalize() + "."

    def _agency(self) -> str:
        text = self.chance.choice(self.agencies)
        draw = self.chance.random()
        if draw < 0.05:
            return text.upper()
        if draw < 0.08:
            return text + " Kota Malang"
        if draw < 0.09:
            place = self.chance.randrange(len(text))
            return text[:place] + text[place + 1 :]
        return text

    def _title(self) -> str:
        """A title of its own, or (one in twenty) one that was sent before: the same, or a little
        changed.
        """
        if self.sent and self.chance.random() < 0.05:
            return _changed(self.chance, self.chance.choice(self.sent)[1])
        chance = self.chance
        words = [
            chance.choice(_FIRST),
            *chance.choices(self.words, cum_weights=self.skewed, k=chance.randint(2, 5)),
        ]
        if chance.random() < 0.5:
            words.insert(chance.randint(1, len(words)), chance.choice(_JOINERS))
        if chance.random() < 0.4:
            words += [*chance.choices(("di", "Kelurahan", "RW"), k=1), chance.choice(_PLACES)]
        whole = " ".join(words)
        if chance.random() < 0.6:
            return (
                f"{''.join(word[: chance.randint(1, 3)] for word in words).upper()} "
                f"({whole.title()})"
            )
        return whole.title()


def _changed(chance: random.Random, title: str) -> str:
    place = chance.randrange(1, len(title))
    return chance.choice(
        (
            title,
            title.upper(),
            title + " 2.0",
            title + " Versi Baru",
            title[:place] + title[place + 1 :],
            title[:place] + "a" + title[place:],
            " ".join(sorted(title.split())),
            title.partition(" (")[0],
        )
    )


def _spellings(register: Path) -> list[str]:
    """Names, short names and aliases of the bodies of a register, each once."""
    with register.open(encoding="utf-8", newline="") as file:
        bodies = list(csv.DictReader(file))
    names = [
        name
        for body in bodies
        for name in (body["name"], body["short_name"], *body["aliases"].split("|"))
    ]
    return sorted({name for name in names if name})
