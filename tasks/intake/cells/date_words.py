"""The words in dates: months and weekdays as Indonesians and form services write them, halves of
the day, zones.

Data only; written_dates.py reads dates with these words.
"""

_MONTH_NAMES = {
    1: "januari january jan januar enero janeiro janvier ene janv gennaio gen",
    2: "februari pebruari february feb peb febr februar febrero fevereiro février fev févr "
    "febbraio febuari",
    3: "maret march mar mrt märz maerz marzo março mars mac maart",
    4: "april apr avril abril aprile abr avr",
    5: "mei may mai mayo maio maggio mag",
    6: "juni june jun juin junio junho giugno giu jun",
    7: "juli july jul juillet julio julho luglio lug julai juil",
    8: "agustus august aug agu agt agst ags agus août aout agosto ago ogos augustus",
    9: "september sep sept sepember septembre setembro settembre set septiembre",
    10: "oktober october okt oct octobre outubro ottobre octubre out ott",
    11: "november nopember nov nop novembre novembro noviembre",
    12: "desember december des dec dez dis dezember décembre dezembro dicembre diciembre dic dic "
    "disember déc",
}
MONTHS: dict[str, int] = {
    name: number for number, names in _MONTH_NAMES.items() for name in names.split()
}

_WEEKDAY_NAMES = (
    "senin selasa rabu kamis jumat jum'at jum\u2019at sabtu minggu ahad sen sel rab kam jum sab "
    "min monday tuesday wednesday thursday friday saturday sunday mon tues tue wed thurs thu fri "
    "sat sun hari"
)
WEEKDAYS = tuple(_WEEKDAY_NAMES.split())

# Halves of the day as CLDR has them for the languages of forms, with older spellings. No word
# stands for both halves.
_HALF_DAY_WORDS = {
    "am": "am, a.m., a. m., a.m, pagi, pg, vorm., fm, förmiddag, ap., dop., dopoludnia, de., öö, "
    "sa, πμ, π.μ., дп, пр.об., пре подне, לפנה״צ, ص, صباحًا, ق.ظ., ก่อนเที่ยง, priekšp., "
    "priešpiet, 上午, 오전, 午前",
    "pm": "pm, p.m., p. m., p.m, sore, ptg, nachm., em, eftermiddag, ip., odp., popoludní, du., "
    "ös, ch, μμ, μ.μ., пп, сл.об., по подне, אחה״צ, م, مساءً, ب.ظ., หลังเที่ยง, pēcp., popiet, "
    "下午, 오후, 午後",
}
_HALF_DAYS = {word: half for half, words in _HALF_DAY_WORDS.items() for word in words.split(", ")}
# Longer words first: a short word may begin a longer one, and a pattern tries them in this order.
HALF_DAY_MARKERS: dict[str, str] = {
    word: _HALF_DAYS[word] for word in sorted(_HALF_DAYS, key=len, reverse=True)
}

# Minutes ahead of UTC. A name that stands for several zones (CST, IST) is left out.
_ZONE_NAMES = {
    -600: "hst",
    -540: "akst",
    -480: "pst akdt",
    -420: "mst pdt",
    -360: "mdt",
    -300: "est cdt hne cot pet",
    -240: "edt hae",
    -180: "brt art",
    0: "utc gmt z wet wez",
    60: "west wesz mez cet seč bst wat",
    120: "mesz cest oez eet selč cat sast",
    180: "trt oesz eest msk eat",
    300: "pkt",
    420: "wib ict",
    480: "wita sgt myt hkt pht",
    540: "wit jst kst",
    600: "aest",
    660: "aedt",
    720: "nzst",
    780: "nzdt",
}
ZONE_OFFSETS: dict[str, int] = {
    name: offset for offset, names in _ZONE_NAMES.items() for name in names.split()
}
