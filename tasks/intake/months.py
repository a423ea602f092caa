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
MARKERS: dict[str, str] = {  # halves of the day, as they stand before or after a time
    "am": "am", "pm": "pm", "a.m.": "am", "p.m.": "pm", "a. m.": "am", "p. m.": "pm", "a.m": "am", "p.m": "pm",
    "上午": "am", "下午": "pm", "오전": "am", "오후": "pm", "午前": "am", "午後": "pm",
}
ZONES: dict[str, int] = {  # minutes ahead of UTC
    "wib": 420, "wita": 480, "wit": 540, "utc": 0, "gmt": 0, "z": 0, "sgt": 480, "myt": 480, "jst": 540, "hkt": 480,
    "wet": 0, "west": 60,
    "mez": 60, "mesz": 120, "cet": 60, "cest": 120, "oez": 120, "oesz": 180, "eet": 120, "eest": 180,
    "msk": 180, "bst": 60,
    "est": -300, "edt": -240, "cdt": -300, "mdt": -360, "mst": -420, "pst": -480, "pdt": -420,
    "brt": -180, "aest": 600, "aedt": 660,
}
