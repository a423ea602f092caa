"""The numbers of a date in words, as minutes write them: days to 31, years to 9999."""

_INDONESIAN_UNITS = (
    "",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
)
_ENGLISH_UNITS = (
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_ENGLISH_TENS = (
    "",
    "",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
)
_ENGLISH_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
    "twenty": "twentieth",
    "thirty": "thirtieth",
}


def day_words(day: int, language: str) -> str:
    """The day of a month: "dua puluh satu" (id), "twenty-first" (en)."""
    return _indonesian_number(day) if language == "id" else _english_ordinal(day)


def year_words(year: int, language: str) -> str:
    """A year: "dua ribu dua puluh dua" (id), "two thousand and twenty-two" (en)."""
    return _indonesian_number(year) if language == "id" else _english_number(year)


def _indonesian_number(number: int) -> str:
    """The number in words; "" for 0. One thousand, hundred and ten are seribu, seratus, sepuluh."""
    thousands, below_thousand = divmod(number, 1000)
    hundreds, below_hundred = divmod(below_thousand, 100)
    words = (
        _indonesian_multiple(thousands, "ribu"),
        _indonesian_multiple(hundreds, "ratus"),
        _indonesian_below_hundred(below_hundred),
    )
    return " ".join(word for word in words if word)


def _indonesian_multiple(count: int, unit: str) -> str:
    if count == 1:
        return f"se{unit}"
    return f"{_INDONESIAN_UNITS[count]} {unit}" if count else ""


def _indonesian_below_hundred(number: int) -> str:
    tens, units = divmod(number, 10)
    if tens == 1 and units:
        return "sebelas" if units == 1 else f"{_INDONESIAN_UNITS[units]} belas"
    return f"{_indonesian_multiple(tens, 'puluh')} {_INDONESIAN_UNITS[units]}".strip()


def _english_number(number: int) -> str:
    """The number in words; "" for 0: "one thousand, nine hundred and ninety-nine"."""
    thousands, below_thousand = divmod(number, 1000)
    hundreds, below_hundred = divmod(below_thousand, 100)
    words = f"{_ENGLISH_UNITS[thousands]} thousand" if thousands else ""
    if hundreds:
        words += (", " if words else "") + f"{_ENGLISH_UNITS[hundreds]} hundred"
    if below_hundred:
        words += (" and " if words else "") + _english_below_hundred(below_hundred)
    return words


def _english_below_hundred(number: int) -> str:
    if number < 20:
        return _ENGLISH_UNITS[number]
    tens, units = divmod(number, 10)
    return f"{_ENGLISH_TENS[tens]}-{_ENGLISH_UNITS[units]}".removesuffix("-")


def _english_ordinal(number: int) -> str:
    """The ordinal of a number below 100."""
    tens, hyphen, last = _english_below_hundred(number).rpartition("-")
    return tens + hyphen + _ENGLISH_ORDINALS.get(last, f"{last}th")
