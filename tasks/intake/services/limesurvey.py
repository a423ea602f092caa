"""LimeSurvey: known by its own columns, headed by their codes, by their labels in the language of
the survey, or by both.
"""

import re
from collections.abc import Callable

import pandas as pd

from tasks.intake.cells.heading_keys import heading_key
from tasks.intake.services.form_service import (
    Fields,
    FormService,
    Row,
    clear_texts,
    fields_by_position,
)

# Columns that LimeSurvey adds: their code, the field that it gives, "" for none.
COLUMNS: dict[str, str] = {
    "id": "submission_id",
    "submitdate": "submitted_at",
    **dict.fromkeys(
        (
            "lastpage",
            "startlanguage",
            "seed",
            "token",
            "startdate",
            "datestamp",
            "ipaddr",
            "refurl",
            "interviewtime",
        ),
        "",
    ),
}
# The labels of these columns, and the code of each.
LABELS: dict[str, str] = {
    "response id": "id",
    "id respon": "id",
    "id tanggapan": "id",
    "id respons": "id",
    "antwort id": "id",
    "id de respuesta": "id",
    "id da resposta": "id",
    "identifiant de réponse": "id",
    "id de la réponse": "id",
    "id risposta": "id",
    "antwoord id": "id",
    "responsid": "id",
    "date submitted": "submitdate",
    "tanggal dikirim": "submitdate",
    "tanggal pengiriman": "submitdate",
    "tanggal diserahkan": "submitdate",
    "tanggal terkirim": "submitdate",
    "waktu pengiriman": "submitdate",
    "datum abgeschickt": "submitdate",
    "fecha de envío": "submitdate",
    "data de envio": "submitdate",
    "data de submissão": "submitdate",
    "date de soumission": "submitdate",
    "data di invio": "submitdate",
    "datum ingestuurd": "submitdate",
    "last page": "lastpage",
    "halaman terakhir": "lastpage",
    "letzte seite": "lastpage",
    "última página": "lastpage",
    "dernière page": "lastpage",
    "ultima pagina": "lastpage",
    "laatste pagina": "lastpage",
    "start language": "startlanguage",
    "bahasa awal": "startlanguage",
    "bahasa mulai": "startlanguage",
    "mulai bahasa": "startlanguage",
    "start sprache": "startlanguage",
    "startsprache": "startlanguage",
    "lenguaje inicial": "startlanguage",
    "idioma inicial": "startlanguage",
    "langue de départ": "startlanguage",
    "lingua iniziale": "startlanguage",
    "starttaal": "startlanguage",
    "begintaal": "startlanguage",
    "seed": "seed",
    "benih": "seed",
    "zufallsstartwert": "seed",
    "zufallsgeneratorstartwert": "seed",
    "tête de série": "seed",
    "seme": "seed",
    "semilla": "seed",
    "semente": "seed",
    "graine": "seed",
    "token": "token",
    "access code": "token",
    "date started": "startdate",
    "datum gestartet": "startdate",
    "fecha de inicio": "startdate",
    "date de lancement": "startdate",
    "tanggal dimulai": "startdate",
    "tanggal mulai": "startdate",
    "date last action": "datestamp",
    "datum letzte aktivität": "datestamp",
    "date de la dernière action": "datestamp",
    "fecha de la última acción": "datestamp",
    "tanggal tindakan terakhir": "datestamp",
    "ip address": "ipaddr",
    "ip adresse": "ipaddr",
    "alamat ip": "ipaddr",
    "dirección ip": "ipaddr",
    "adresse ip": "ipaddr",
    "referrer url": "refurl",
    "url référente": "refurl",
    "url referrer": "refurl",
    "total time": "interviewtime",
    "gesamtzeit": "interviewtime",
}
_CODES_BY_LABEL = {heading_key(label): code for label, code in LABELS.items()}
_QUESTION_CODE = re.compile(r"^([A-Za-z]\w*(?:\[[^\]]*\])*)\.\s+(?=\S)")
_TIMING_HEADING = re.compile(
    r"^(?:(?i:interviewtime|group ?time|question ?time|fragenzeit:|gruppenzeit:|"
    r"durée pour (?:la question|le groupe)|"
    r"tiempo (?:de la pregunta|del grupo)|tempo (?:da quest|do grupo))|\w+Time$)"
)
_MARKS = frozenset(("id", "submitdate", "lastpage", "startlanguage", "seed"))
_SURE_MARKS = frozenset(("submitdate", "lastpage"))
_MOST_OWN_HEADINGS = 12  # headings among which LimeSurvey's own are
_UNDATED = "1980-01-01"  # the day of a response that was sent without a time


def has_limesurvey_headings(headings: Row) -> bool:
    """Whether LimeSurvey's own columns are among the first, or the label of its number of responses
    is the first heading; "response_id" is a program's.
    """
    own = {limesurvey_code(heading) for heading in headings[:_MOST_OWN_HEADINGS]}
    if len(own & _MARKS) >= 3 or own >= _SURE_MARKS:
        return True
    if not headings or limesurvey_code(headings[0]) != "id":
        return False
    return heading_key(headings[0]) != "id" and "_" not in headings[0]


def limesurvey_code(heading: str) -> str:
    """The code of one of LimeSurvey's own columns, whether it is headed by code, by label or by
    both; "" for another column.
    """
    text = heading.strip()
    question_code = _QUESTION_CODE.match(text)
    code = question_code[1].lower() if question_code else text.lower()
    if code in COLUMNS:
        return code
    return _CODES_BY_LABEL.get(heading_key(text), "")


def _own_fields(headings: Row) -> Fields:
    return fields_by_position(headings, limesurvey_field)


def limesurvey_field(heading: str, position: int) -> str | None:
    """The field that one of LimeSurvey's own columns gives, "" for none; None for a question of the
    form.
    """
    if _TIMING_HEADING.match(heading):
        return ""
    code = limesurvey_code(heading) if position < _MOST_OWN_HEADINGS else ""
    is_question = code == "id" and position > 0
    return None if is_question else COLUMNS.get(code)


def _question_texts(headings: Row, is_known: Callable[[str], bool]) -> list[list[str]]:
    return [_texts_of_question(heading) for heading in headings]


def _texts_of_question(heading: str) -> list[str]:
    """A question without its code, and its code."""
    code = _QUESTION_CODE.match(heading)
    return [heading[code.end() :], code[1]] if code else [heading]


def clean_limesurvey_responses(body: pd.DataFrame, sent_at: int | None) -> pd.DataFrame:
    """The responses that were sent, without "N/A" for no answer; a response that was sent without a
    time has none here. R writes NA where the time is missing.
    """
    answers = clear_texts(body, "N/A")
    if sent_at is None:
        return answers
    times = answers[sent_at]
    sent = answers[times.notna() & (times != "NA")].copy()
    sent[sent_at] = sent[sent_at].mask(sent[sent_at].str.startswith(_UNDATED))
    return sent


LIMESURVEY = FormService(
    "limesurvey",
    has_headings=has_limesurvey_headings,
    own_fields=_own_fields,
    question_texts=_question_texts,
    codes=frozenset(("submitdate", "startlanguage")),
    clean_responses=clean_limesurvey_responses,
)
