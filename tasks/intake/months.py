"""Names in dates: months as Indonesians and form services write them, halves of the day, zones. Data, no code."""

_NAMES = {
    1: "januari january jan januar enero janeiro janvier ene janv gennaio gen",
    2: "februari pebruari february feb peb febr februar febrero fevereiro février fev févr febbraio febuari",
    3: "maret march mar mrt märz maerz marzo março mars mac maart",
    4: "april apr avril abril aprile abr avr",
    5: "mei may mai mayo maio maggio mag",
    6: "juni june jun juin junio junho giugno giu jun",
    7: "juli july jul juillet julio julho luglio lug julai juil",
    8: "agustus august aug agu agt agst ags agus août aout agosto ago ogos augustus",
    9: "september sep sept sepember septembre setembro settembre set septiembre",
    10: "oktober october okt oct octobre outubro ottobre octubre out ott",
    11: "november nopember nov nop novembre novembro noviembre",
    12: "desember december des dec dez dis dezember décembre dezembro dicembre diciembre dic dic disember déc",
}
MONTHS: dict[str, int] = {name: number for number, names in _NAMES.items() for name in names.split()}

WEEKDAYS = (
    "senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "jum\u2019at", "sabtu", "minggu", "ahad", "sen", "sel",
    "rab", "kam", "jum", "sab", "min", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "mon", "tues", "tue", "wed", "thurs", "thu", "fri", "sat", "sun", "hari",
)
_AM = (  # halves of the day as CLDR has them for the languages of forms, with older spellings; none stands for both
    "am", "a.m.", "a. m.", "a.m", "pagi", "pg", "vorm.", "fm", "förmiddag", "ap.", "dop.", "dopoludnia", "de.", "öö",
    "sa", "πμ", "π.μ.", "дп", "пр.об.", "пре подне", "לפנה״צ", "ص", "صباحًا", "ق.ظ.", "ก่อนเที่ยง", "priekšp.",
    "priešpiet", "上午", "오전", "午前",
)
_PM = (
    "pm", "p.m.", "p. m.", "p.m", "sore", "ptg", "nachm.", "em", "eftermiddag", "ip.", "odp.", "popoludní", "du.", "ös",
    "ch", "μμ", "μ.μ.", "пп", "сл.об.", "по подне", "אחה״צ", "م", "مساءً", "ب.ظ.", "หลังเที่ยง", "pēcp.", "popiet",
    "下午", "오후", "午後",
)
# As they stand before or after a time; longer ones first, since one may begin another.
MARKERS: dict[str, str] = dict(
    sorted([*((word, "am") for word in _AM), *((word, "pm") for word in _PM)], key=lambda pair: -len(pair[0]))
)
ZONES: dict[str, int] = {  # minutes ahead of UTC; names that stand for several zones (CST, IST) are left out
    "wib": 420, "wita": 480, "wit": 540, "utc": 0, "gmt": 0, "z": 0, "sgt": 480, "myt": 480, "jst": 540, "hkt": 480,
    "kst": 540, "ict": 420, "pht": 480, "pkt": 300, "trt": 180,
    "wet": 0, "west": 60, "wez": 0, "wesz": 60,
    "mez": 60, "mesz": 120, "cet": 60, "cest": 120, "oez": 120, "oesz": 180, "eet": 120, "eest": 180,
    "seč": 60, "selč": 120, "msk": 180, "bst": 60, "wat": 60, "cat": 120, "sast": 120, "eat": 180,
    "est": -300, "edt": -240, "cdt": -300, "mdt": -360, "mst": -420, "pst": -480, "pdt": -420, "akst": -540,
    "akdt": -480, "hst": -600, "hne": -300, "hae": -240,
    "brt": -180, "art": -180, "cot": -300, "pet": -300, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
}
