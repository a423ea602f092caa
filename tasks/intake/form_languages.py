"""What Google Forms and Microsoft Forms call the columns that they add by themselves, by the language of the form.

Data, no code; compared as `headings.key` writes them. Google's first heading was seen in public exports, or in programs
that read them, in most of these languages, and in none of those marked as reported; of the other columns some words
are what the service's own pages call them. A Microsoft form in a language that is not here is told by its cells
(`hosted_forms.is_microsoft_by_cells`).
"""

# First heading of Google's sheets.
TIMESTAMPS = (
    "timestamp", "stempel waktu", "cap waktu", "marca temporal", "marca de tiempo", "carimbo de data hora",
    "carimbo data hora", "carimbo de data e hora", "data hora", "zeitstempel", "horodateur", "horodatage",
    "informazioni cronologiche", "tijdstempel", "sygnatura czasowa", "znacznik czasu", "отметка времени",
    "метка времени", "позначка часу", "відмітка часу", "zaman damgası", "タイムスタンプ", "时间戳记", "时间戳",
    "時間戳記", "時間戳", "타임스탬프", "dấu thời gian", "ประทับเวลา", "cap masa", "setem masa", "setem waktu",
    "طابع زمني", "الطابع الزمني", "időbélyeg", "časová značka", "časová pečiatka", "tidstämpel", "tidsstempel",
    "tidsmerke", "aikaleima", "χρονική σήμανση", "חותמת זמן", "marca de temps", "marca horària",
    # reported
    "marcaj temporal", "marcă temporală", "marcaj de timp", "marcă de timp", "टाइमस्टैम्प", "клеймо за време",
    "vremenska oznaka", "časovna oznaka", "časovni žig", "laiko žyma", "laika zīmogs", "ajatempel",
    "временска ознака", "مهر زمانی", "টাইমস্ট্যাম্প",
)
# The address that Google collects, in second place or last.
GOOGLE_EMAILS = (
    "email address", "email", "alamat email", "username", "nama pengguna", "dirección de correo electrónico",
    "nombre de usuario", "endereço de e mail", "endereço de email", "nome de usuário", "e mail adresse", "nutzername",
    "adresse e mail", "nom d utilisateur", "indirizzo email", "nome utente", "e mailadres", "gebruikersnaam",
    "adres e mail", "nazwa użytkownika", "адрес электронной почты", "имя пользователя", "електронна адреса",
    "e posta adresi", "kullanıcı adı", "メールアドレス", "ユーザー名", "电子邮件地址", "電子郵件地址", "이메일 주소",
    "địa chỉ email", "tên người dùng", "ที่อยู่อีเมล", "alamat e mel", "عنوان البريد الإلكتروني", "e mailová adresa",
    "e mail cím", "e postadress", "e postadresse", "mailadresse", "sähköpostiosoite",
    "διεύθυνση ηλεκτρονικού ταχυδρομείου", "כתובת אימייל", "כתובת דוא ל", "adreça electrònica",
)
# A quiz: its points, in second place; and for each question a column of points and one of remarks, in brackets.
SCORES = (
    "score", "total score", "skor", "skor total", "nilai", "puntuación", "puntaje", "pontuação", "pontuacao", "nota",
    "punkte", "punktzahl", "ergebnis", "total punkte", "note", "punteggio", "wynik", "баллы", "бали", "puan",
    "スコア", "得点", "得分", "分数", "分數", "점수", "điểm số", "điểm", "คะแนน", "markah", "النتيجة", "skóre",
    "výsledek", "pontszám", "poäng", "poengsum", "pisteet", "βαθμολογία", "ציון", "puntuació",
)
REMARKS = (
    "feedback", "masukan", "umpan balik", "comentarios", "sugerencias", "feedback", "commentaires", "commentaire",
    "opinia", "комментарий", "отзыв", "geri bildirim", "フィードバック", "反馈", "意見回饋", "의견", "phản hồi",
    "maklum balas", "ความคิดเห็น",
)

# Microsoft's own columns.
MICROSOFT_STARTS = (
    "start time", "waktu mulai", "hora de inicio", "hora de início", "startzeit", "heure de début", "ora di inizio",
    "begintijd", "godzina rozpoczęcia", "başlangıç saati", "başlangıç zamanı", "masa mula", "開始時刻", "开始时间",
    "開始時間", "시작 시간", "thời gian bắt đầu", "starttid", "время начала", "час початку", "čas spuštění",
    "čas zahájení", "čas začatia", "aloitusaika", "starttidspunkt", "hora d inici", "kezdés időpontja",
    "ora începerii", "ώρα έναρξης", "เวลาเริ่มต้น", "وقت البدء", "שעת התחלה",
)
MICROSOFT_ENDS = (
    "completion time", "waktu penyelesaian", "waktu selesai", "hora de finalización", "hora de conclusão",
    "hora de conclusao", "fertigstellungszeit", "abschlusszeit", "heure de fin", "heure d achèvement",
    "ora di completamento", "tijd van voltooien", "tijdstip van voltooiing", "voltooiingstijd", "godzina ukończenia",
    "tamamlama saati", "tamamlanma saati", "tamamlanma zamanı", "masa siap", "masa penyiapan", "完了時刻", "完成时间",
    "完成時間", "완료 시간", "thời gian hoàn thành", "slutförandetid", "sluttid", "время выполнения",
    "время завершения", "час завершення", "čas dokončení", "čas dokončenia", "valmistumisaika",
    "fuldførelsestidspunkt", "fullføringstidspunkt", "fullføringstid", "hora de finalització", "befejezés időpontja",
    "ora finalizării", "ώρα ολοκλήρωσης", "เวลาที่เสร็จสมบูรณ์", "وقت الإكمال", "שעת סיום",
)
MICROSOFT_EMAILS = (
    "email", "e mail", "correo electrónico", "e mail adresse", "adresse de messagerie", "posta elettronica",
    "courriel", "メール", "电子邮件", "電子郵件", "адрес электронной почты", "электронная почта", "endereço de email",
    "e posta", "adres e mail", "전자 메일", "메일", "e postadress", "e postadresse", "sähköposti", "mail",
    "indirizzo di posta elettronica",
)
MICROSOFT_NAMES = (
    "name", "nama", "nombre", "nome", "nom", "naam", "nazwa", "ad", "名前", "姓名", "名称", "имя", "이름", "namn",
    "navn", "nimi", "tên", "název", "názov", "név", "nume",
)
MICROSOFT_OTHERS = (
    "last modified time", "waktu terakhir diubah", "waktu modifikasi terakhir", "waktu terakhir dimodifikasi",
    "hora de la última modificación", "hora da última modificação", "zeitpunkt der letzten änderung",
    "heure de la dernière modification", "ora ultima modifica", "ora dell ultima modifica",
    "tijd van laatste wijziging", "czas ostatniej modyfikacji", "son değiştirme zamanı",
    "tidspunkt for siste endring", "tidspunkt for seneste ændring", "senast ändrad", "最終変更時刻", "上次修改时间",
    "上次修改時間", "마지막으로 수정한 시간", "время последнего изменения", "language", "bahasa", "idioma", "sprache",
    "langue", "lingua", "taal", "język",
)
# ... and of a quiz: the whole's, and a question's in front of a dash.
MICROSOFT_TOTALS = (
    "total points", "total poin", "puntos totales", "total de puntos", "total de pontos", "gesamtpunktzahl",
    "total des points", "nombre total de points", "totale punti", "punti totali", "totaal aantal punten",
    "łączna liczba punktów", "toplam puan", "合計点", "总分", "總分", "총점", "quiz feedback", "umpan balik kuis",
    "comentarios del cuestionario", "comentários do teste", "testfeedback", "quizfeedback", "feedback zum quiz",
    "commentaires sur le questionnaire", "commentaires du questionnaire", "feedback sul quiz",
    "feedback over de test", "テストのフィードバック", "测验反馈", "grade posted time", "waktu nilai diposting",
    "hora de publicación de la calificación", "hora de postagem da nota", "zeitpunkt der bewertung",
    "heure de publication de la note",
)
MICROSOFT_POINTS = (
    "points", "feedback", "poin", "umpan balik", "puntos", "comentarios", "pontos", "comentários", "punkte", "punti",
    "commentaires", "punten", "punkty", "opinia", "puan", "geri bildirim", "баллы", "отзыв", "点数", "フィードバック",
    "分数", "反馈", "分數", "意見反應", "점수", "피드백", "điểm", "phản hồi", "mata", "maklum balas", "poäng",
    "poeng", "pisteet",
)
