"""Microsoft Forms: known by the times at which an answer was begun and sent, in the language of the
form; a form in a language that is not here by its cells.

Some words are what the service's own pages call the columns.
"""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from tasks.intake.cells import dates
from tasks.intake.cells.heading_keys import heading_key, heading_keys
from tasks.intake.services.form_service import Fields, FormService, Row, fields_by_position

STARTS = (
    "start time",
    "waktu mulai",
    "hora de inicio",
    "hora de início",
    "startzeit",
    "heure de début",
    "ora di inizio",
    "begintijd",
    "godzina rozpoczęcia",
    "başlangıç saati",
    "başlangıç zamanı",
    "masa mula",
    "開始時刻",
    "开始时间",
    "開始時間",
    "시작 시간",
    "thời gian bắt đầu",
    "starttid",
    "время начала",
    "час початку",
    "čas spuštění",
    "čas zahájení",
    "čas začatia",
    "aloitusaika",
    "starttidspunkt",
    "hora d inici",
    "kezdés időpontja",
    "ora începerii",
    "ώρα έναρξης",
    "เวลาเริ่มต้น",
    "وقت البدء",
    "שעת התחלה",
)
ENDS = (
    "completion time",
    "waktu penyelesaian",
    "waktu selesai",
    "hora de finalización",
    "hora de conclusão",
    "hora de conclusao",
    "fertigstellungszeit",
    "abschlusszeit",
    "heure de fin",
    "heure d achèvement",
    "ora di completamento",
    "tijd van voltooien",
    "tijdstip van voltooiing",
    "voltooiingstijd",
    "godzina ukończenia",
    "tamamlama saati",
    "tamamlanma saati",
    "tamamlanma zamanı",
    "masa siap",
    "masa penyiapan",
    "完了時刻",
    "完成时间",
    "完成時間",
    "완료 시간",
    "thời gian hoàn thành",
    "slutförandetid",
    "sluttid",
    "время выполнения",
    "время завершения",
    "час завершення",
    "čas dokončení",
    "čas dokončenia",
    "valmistumisaika",
    "fuldførelsestidspunkt",
    "fullføringstidspunkt",
    "fullføringstid",
    "hora de finalització",
    "befejezés időpontja",
    "ora finalizării",
    "ώρα ολοκλήρωσης",
    "เวลาที่เสร็จสมบูรณ์",
    "وقت الإكمال",
    "שעת סיום",
)
EMAILS = (
    "email",
    "e mail",
    "correo electrónico",
    "e mail adresse",
    "adresse de messagerie",
    "posta elettronica",
    "courriel",
    "メール",
    "电子邮件",
    "電子郵件",
    "адрес электронной почты",
    "электронная почта",
    "endereço de email",
    "e posta",
    "adres e mail",
    "전자 메일",
    "메일",
    "e postadress",
    "e postadresse",
    "sähköposti",
    "mail",
    "indirizzo di posta elettronica",
)
NAMES = (
    "name",
    "nama",
    "nombre",
    "nome",
    "nom",
    "naam",
    "nazwa",
    "ad",
    "名前",
    "姓名",
    "名称",
    "имя",
    "이름",
    "namn",
    "navn",
    "nimi",
    "tên",
    "název",
    "názov",
    "név",
    "nume",
)
OTHERS = (
    "last modified time",
    "waktu terakhir diubah",
    "waktu modifikasi terakhir",
    "waktu terakhir dimodifikasi",
    "hora de la última modificación",
    "hora da última modificação",
    "zeitpunkt der letzten änderung",
    "heure de la dernière modification",
    "ora ultima modifica",
    "ora dell ultima modifica",
    "tijd van laatste wijziging",
    "czas ostatniej modyfikacji",
    "son değiştirme zamanı",
    "tidspunkt for siste endring",
    "tidspunkt for seneste ændring",
    "senast ändrad",
    "最終変更時刻",
    "上次修改时间",
    "上次修改時間",
    "마지막으로 수정한 시간",
    "время последнего изменения",
    "language",
    "bahasa",
    "idioma",
    "sprache",
    "langue",
    "lingua",
    "taal",
    "język",
)
# A quiz: the points of the whole, and in front of a dash the points of a question.
TOTALS = (
    "total points",
    "total poin",
    "puntos totales",
    "total de puntos",
    "total de pontos",
    "gesamtpunktzahl",
    "total des points",
    "nombre total de points",
    "totale punti",
    "punti totali",
    "totaal aantal punten",
    "łączna liczba punktów",
    "toplam puan",
    "合計点",
    "总分",
    "總分",
    "총점",
    "quiz feedback",
    "umpan balik kuis",
    "comentarios del cuestionario",
    "comentários do teste",
    "testfeedback",
    "quizfeedback",
    "feedback zum quiz",
    "commentaires sur le questionnaire",
    "commentaires du questionnaire",
    "feedback sul quiz",
    "feedback over de test",
    "テストのフィードバック",
    "测验反馈",
    "grade posted time",
    "waktu nilai diposting",
    "hora de publicación de la calificación",
    "hora de postagem da nota",
    "zeitpunkt der bewertung",
    "heure de publication de la note",
)
POINTS = (
    "points",
    "feedback",
    "poin",
    "umpan balik",
    "puntos",
    "comentarios",
    "pontos",
    "comentários",
    "punkte",
    "punti",
    "commentaires",
    "punten",
    "punkty",
    "opinia",
    "puan",
    "geri bildirim",
    "баллы",
    "отзыв",
    "点数",
    "フィードバック",
    "分数",
    "反馈",
    "分數",
    "意見反應",
    "점수",
    "피드백",
    "điểm",
    "phản hồi",
    "mata",
    "maklum balas",
    "poäng",
    "poeng",
    "pisteet",
)

_START_KEYS, _END_KEYS = heading_keys(*STARTS), heading_keys(*ENDS)
_EMAIL_KEYS, _NAME_KEYS = heading_keys(*EMAILS), heading_keys(*NAMES)
_OTHER_KEYS = heading_keys(*OTHERS)
_TOTAL_KEYS, _POINT_KEYS = heading_keys(*TOTALS), heading_keys(*POINTS)
_DASH = re.compile(r"\s*[-:\u2013\u2014]\s")
_ATTACHED_NUMBER = re.compile(r"(?<=[^\W\d])\d$")
_MOST_OWN_HEADINGS = 6  # headings among which Microsoft's own are
_START_AT, _END_AT = 1, 2  # where the times stand in a form in a language that is not known
_PROBED_ROWS = 40  # rows that make a table Microsoft's by its cells
_UNKNOWN_SENDERS = ("anonymous", "Anonymous")


def has_microsoft_headings(headings: Row) -> bool:
    """Whether the times at which an answer was begun and sent are among the first headings."""
    first = heading_keys(*headings[:_MOST_OWN_HEADINGS])
    return bool(_START_KEYS & first) and bool(_END_KEYS & first)


def has_microsoft_cells(headings: Row, body: pd.DataFrame) -> bool:
    """Whether a table is Microsoft's in a language that is not known: `ID`, then two columns of
    moments, none of the second before the first.
    """
    if len(headings) < _MOST_OWN_HEADINGS or heading_key(headings[0]) != "id":
        return False
    if body.empty or body.shape[1] <= _END_AT:
        return False
    begun = dates.parse_dates(body[_START_AT].head(_PROBED_ROWS))
    sent = dates.parse_dates(body[_END_AT].head(_PROBED_ROWS))
    if not (_are_moments(begun) and _are_moments(sent)):
        return False
    return any(_are_in_order(begun, sent, order) for order in dates.DATE_ORDERS)


def _are_moments(parts: dates.PartColumns) -> bool:
    """Whether all texts are dates with a time of the day."""
    return bool((parts["is_date"] & (parts["seconds"] >= 0)).all())


def _are_in_order(
    begun: dates.PartColumns, sent: dates.PartColumns, order: dates.DateOrder
) -> bool:
    """Whether no answer was sent before it was begun, where dates are read in this order."""
    starts = dates.moments_as_written(begun, order)
    return bool((starts <= dates.moments_as_written(sent, order)).all())


def _own_fields(headings: Row) -> Fields:
    return fields_by_position(headings, microsoft_field)


def microsoft_field(heading: str, position: int) -> str | None:
    """The field that one of Microsoft's own columns gives, "" for none; None for a question of the
    form.
    """
    key = heading_key(heading)
    if key in _TOTAL_KEYS or _is_of_points(heading):
        return ""
    if position > _MOST_OWN_HEADINGS:
        return None
    if position == 0 and key == "id":
        return "submission_id"
    if key in _END_KEYS:
        return "submitted_at"
    if key in _START_KEYS or key in _OTHER_KEYS:
        return ""
    if key in _EMAIL_KEYS:
        return "contact_email"
    return "contact_name" if key in _NAME_KEYS else None


def _is_of_points(heading: str) -> bool:
    """Whether a column has the points of a question in a quiz."""
    if not _DASH.search(heading):
        return False
    return heading_key(_DASH.split(heading)[0]) in _POINT_KEYS


def _fixed_fields(headings: Row) -> Fields:
    """The times of a form in a language that is not known, by their place."""
    if has_microsoft_headings(headings):
        return {}
    return {_START_AT: "", _END_AT: "submitted_at"}


def _question_texts(headings: Row, is_known: Callable[[str], bool]) -> list[list[str]]:
    """Each question, and without the number that tells two of one text apart ("Nama2")."""
    return [[heading, _ATTACHED_NUMBER.sub("", heading.rstrip())] for heading in headings]


def clean_microsoft_responses(body: pd.DataFrame, sent_at: int | None) -> pd.DataFrame:
    """The rows without the `;` that ends each of several answers, and without senders who are not
    known.
    """
    texts = [_clean_cells(body[position].to_list()) for position in body]
    cells = np.array(texts, dtype="object").T
    return pd.DataFrame(cells, index=body.index, columns=body.columns, dtype="object")


def _clean_cells(cells: list[Any]) -> list[Any]:
    known = [np.nan if text in _UNKNOWN_SENDERS else text for text in cells]
    return [text.rstrip("; ") if isinstance(text, str) else text for text in known]


MICROSOFT = FormService(
    "microsoft",
    has_headings=has_microsoft_headings,
    has_cells=has_microsoft_cells,
    own_fields=_own_fields,
    fixed_fields=_fixed_fields,
    question_texts=_question_texts,
    clean_responses=clean_microsoft_responses,
)
