"""Google Forms: known by the first heading of its sheets of answers, in the language of the form.

Each of the first headings was seen in public exports, or in programs that read them; those marked
as reported were not. Of the other headings some words are what the service's own pages call the
columns.
"""

from tasks.intake.cells.heading_keys import (
    BRACKETED_ROW,
    COUNTER_HEADINGS,
    heading_key,
    heading_keys,
)
from tasks.intake.services.form_service import Fields, FormService, Row, fields_by_position

# The first heading.
TIMESTAMPS = (
    "timestamp",
    "stempel waktu",
    "cap waktu",
    "marca temporal",
    "marca de tiempo",
    "carimbo de data hora",
    "carimbo data hora",
    "carimbo de data e hora",
    "data hora",
    "zeitstempel",
    "horodateur",
    "horodatage",
    "informazioni cronologiche",
    "tijdstempel",
    "sygnatura czasowa",
    "znacznik czasu",
    "отметка времени",
    "метка времени",
    "позначка часу",
    "відмітка часу",
    "zaman damgası",
    "タイムスタンプ",
    "时间戳记",
    "时间戳",
    "時間戳記",
    "時間戳",
    "타임스탬프",
    "dấu thời gian",
    "ประทับเวลา",
    "cap masa",
    "setem masa",
    "setem waktu",
    "طابع زمني",
    "الطابع الزمني",
    "időbélyeg",
    "časová značka",
    "časová pečiatka",
    "tidstämpel",
    "tidsstempel",
    "tidsmerke",
    "aikaleima",
    "χρονική σήμανση",
    "חותמת זמן",
    "marca de temps",
    "marca horària",
    # reported
    "marcaj temporal",
    "marcă temporală",
    "marcaj de timp",
    "marcă de timp",
    "टाइमस्टैम्प",
    "клеймо за време",
    "vremenska oznaka",
    "časovna oznaka",
    "časovni žig",
    "laiko žyma",
    "laika zīmogs",
    "ajatempel",
    "временска ознака",
    "مهر زمانی",
    "টাইমস্ট্যাম্প",
)
# The address that Google collects, in second place or last.
EMAILS = (
    "email address",
    "email",
    "alamat email",
    "username",
    "nama pengguna",
    "dirección de correo electrónico",
    "nombre de usuario",
    "endereço de e mail",
    "endereço de email",
    "nome de usuário",
    "e mail adresse",
    "nutzername",
    "adresse e mail",
    "nom d utilisateur",
    "indirizzo email",
    "nome utente",
    "e mailadres",
    "gebruikersnaam",
    "adres e mail",
    "nazwa użytkownika",
    "адрес электронной почты",
    "имя пользователя",
    "електронна адреса",
    "e posta adresi",
    "kullanıcı adı",
    "メールアドレス",
    "ユーザー名",
    "电子邮件地址",
    "電子郵件地址",
    "이메일 주소",
    "địa chỉ email",
    "tên người dùng",
    "ที่อยู่อีเมล",
    "alamat e mel",
    "عنوان البريد الإلكتروني",
    "e mailová adresa",
    "e mail cím",
    "e postadress",
    "e postadresse",
    "mailadresse",
    "sähköpostiosoite",
    "διεύθυνση ηλεκτρονικού ταχυδρομείου",
    "כתובת אימייל",
    "כתובת דוא ל",
    "adreça electrònica",
)
# A quiz: its points, in second place; and for each question a column of points and one of remarks,
# in brackets.
SCORES = (
    "score",
    "total score",
    "skor",
    "skor total",
    "nilai",
    "puntuación",
    "puntaje",
    "pontuação",
    "pontuacao",
    "nota",
    "punkte",
    "punktzahl",
    "ergebnis",
    "total punkte",
    "note",
    "punteggio",
    "wynik",
    "баллы",
    "бали",
    "puan",
    "スコア",
    "得点",
    "得分",
    "分数",
    "分數",
    "점수",
    "điểm số",
    "điểm",
    "คะแนน",
    "markah",
    "النتيجة",
    "skóre",
    "výsledek",
    "pontszám",
    "poäng",
    "poengsum",
    "pisteet",
    "βαθμολογία",
    "ציון",
    "puntuació",
)
REMARKS = (
    "feedback",
    "masukan",
    "umpan balik",
    "comentarios",
    "sugerencias",
    "feedback",
    "commentaires",
    "commentaire",
    "opinia",
    "комментарий",
    "отзыв",
    "geri bildirim",
    "フィードバック",
    "反馈",
    "意見回饋",
    "의견",
    "phản hồi",
    "maklum balas",
    "ความคิดเห็น",
)

_COUNTER_KEYS = heading_keys(*COUNTER_HEADINGS)
_TIMESTAMP_KEYS, _EMAIL_KEYS = heading_keys(*TIMESTAMPS), heading_keys(*EMAILS)
_SCORE_KEYS = heading_keys(*SCORES)
_QUIZ_KEYS = _SCORE_KEYS | heading_keys(*REMARKS)


def has_google_headings(headings: Row) -> bool:
    """Whether the first heading, behind a counter that somebody put before it, is Google's."""
    lead = _count_lead_columns(headings)
    return len(headings) > lead and heading_key(headings[lead]) in _TIMESTAMP_KEYS


def _count_lead_columns(headings: Row) -> int:
    """How many columns somebody put before Google's own: a counter, or none."""
    if len(headings) < 2 or heading_key(headings[0]) not in _COUNTER_KEYS:
        return 0
    return int(heading_key(headings[1]) in _TIMESTAMP_KEYS)


def _own_fields(headings: Row) -> Fields:
    return fields_by_position(headings, google_field, _count_lead_columns(headings))


def google_field(heading: str, position: int) -> str | None:
    """The field that one of Google's own columns gives, "" for none; None for a question of the
    form.
    """
    key, bracketed = heading_key(heading), BRACKETED_ROW.search(heading)
    is_second = position in (1, 2)  # the address may stand before the points
    if position == 0 and key in _TIMESTAMP_KEYS:
        return "submitted_at"
    if bracketed and heading_key(bracketed[1]) in _QUIZ_KEYS:
        return ""
    if is_second and key in _SCORE_KEYS:
        return ""
    return "contact_email" if is_second and key in _EMAIL_KEYS else None


GOOGLE = FormService(
    "google",
    has_headings=has_google_headings,
    own_fields=_own_fields,
    timestamps=TIMESTAMPS,
)
