"""The words that headings are told by, in Indonesian and English; data, no code. Compared as `headings.key` writes
them.

Sources: the province's workbook and forms of 2022 and 2023, forms that offices make by hand.
"""

# A heading that is one of these, whole, is the field.
WHOLE: dict[str, tuple[str, ...]] = {
    "submission_id": (
        "submission id", "id submission", "id", "id pendaftaran", "id proposal", "id inovasi", "kode proposal",
        "kode inovasi", "kode pendaftaran", "nomor registrasi", "no registrasi", "nomor pendaftaran", "no pendaftaran",
        "nomor proposal", "no proposal", "registration number", "registration id", "registration no", "response id",
        "id respon", "proposal id",
    ),
    "submitted_at": (
        "submitted at", "waktu pengiriman", "tanggal pengiriman", "waktu kirim", "tanggal kirim", "waktu dikirim",
        "tanggal dikirim", "dikirim pada", "submission date", "submission time", "date submitted", "time submitted",
        "submitted on", "tanggal pengajuan", "waktu pengajuan", "tanggal submit", "waktu submit", "tanggal masuk",
        "tanggal pendaftaran", "waktu pendaftaran", "tanggal daftar", "waktu pengisian", "tanggal pengisian",
        "waktu masuk", "submit date", "submit time", "date of submission", "entry date", "added time", "created at",
    ),
    "title": (
        "apakah judul inovasi", "apakah judul inovasi anda", "apakah nama inovasi anda", "title", "judul",
        "innovation", "inovasi", "nama inovasi", "judul inovasi", "nama program inovasi"),
    "agency": (
        "agency", "instansi", "opd", "skpd", "upp", "pd", "unit kerja", "dinas", "lembaga", "instansi pengusul",
        "office", "pengusul", "institution", "organisation", "organization", "department", "nama instansi", "nama opd",
        "asal instansi", "unit", "nama unit", "instansi upp",
    ),
    "category": ("category", "kategori", "bidang", "kategori inovasi", "bidang inovasi", "klaster", "tema"),
    "group": ("group", "kelompok", "kelompok inovasi", "jenis kelompok"),
    "started_on": ("started on", "start date", "tanggal mulai", "date started", "tanggal implementasi", "mulai"),
    "summary": ("summary", "ringkasan", "abstrak", "abstract", "ringkasan inovasi", "deskripsi singkat",
    "deskripsi inovasi"),
    "background": (
        "background", "latar belakang", "latar belakang dan tujuan", "latar belakang tujuan", "background and purpose",
        "background and objectives", "background and aims",
    ),
    "novelty": ("novelty", "kebaruan", "nilai tambah", "kebaruan nilai tambah", "kebaruan dan nilai tambah",
    "added value"),
    "implementation": ("implementation", "implementasi", "implementasi inovasi", "pelaksanaan inovasi"),
    "significance": ("significance", "signifikansi", "signifikansi inovasi"),
    "adaptability": ("adaptability", "adaptabilitas", "transferability", "transferabilitas"),
    "resources": ("resources", "sumber daya", "sumberdaya"),
    "sustainability": ("sustainability", "keberlanjutan", "strategi keberlanjutan", "sustainability strategy"),
    "sdgs": ("sdgs", "sdg", "tpb", "tpb sdgs", "sdgs tpb", "kontribusi tpb", "tujuan pembangunan berkelanjutan"),
    "innovator": (
        "innovator", "inovator", "penanggung jawab", "penanggung jawab inovator", "inventor", "tim inovator",
        "inisiator",
    ),
    "contact_name": (
        "contact name", "nama", "name", "nama lengkap", "full name", "narahubung", "kontak person", "contact person",
        "pic", "nama kontak", "nama pendaftar", "nama pengisi", "nama operator", "contact",
    ),
    "contact_email": (
        "contact email", "email", "e mail", "surel", "alamat email", "alamat surel", "email address", "username",
        "nama pengguna",
    ),
    "contact_phone": (
        "contact phone", "phone", "telepon", "telp", "no tlpn", "no telp", "no telepon", "nomor telepon", "no hp",
        "nomor hp", "no wa", "nomor wa", "whatsapp", "no whatsapp", "nomor whatsapp", "phone number", "telephone",
        "mobile", "hp", "no tlp", "no handphone", "nomor handphone", "no hp wa", "nomor hp wa", "mobile number",
        "telephone number", "nomor kontak", "contact number",
    ),
    "video_url": ("video url", "video", "link video", "url video", "tautan video", "youtube", "link youtube",
    "video link"),
    "documents": (
        "documents", "dokumen", "lampiran", "berkas", "attachments", "attachment", "supporting documents", "document",
        "file", "files", "dokumen pendukung", "berkas pendukung",
    ),
}

# A heading, or its first sentence, that has one of these in it is the field; the longest found decides.
WITHIN: dict[str, tuple[str, ...]] = {
    "submission_id": ("nomor registrasi", "nomor pendaftaran", "registration number"),
    "submitted_at": ("waktu pengiriman", "tanggal pengiriman", "waktu pengajuan", "tanggal pengajuan"),
    "title": (
        "judul inovasi", "judul", "nama inovasi", "judul proposal", "nama program inovasi", "innovation title",
        "title of the innovation", "title of your innovation", "name of the innovation", "name of your innovation",
        "innovation name", "project title", "proposal title", "title",
    ),
    "agency": (
        "perangkat daerah", "instansi", "opd", "skpd", "unit kerja", "unit pelayanan publik",
        "organisasi perangkat daerah", "nama dinas", "asal dinas", "nama lembaga", "asal lembaga", "agency",
        "institution", "work unit", "government office", "unit penyelenggara pelayanan publik",
        "penyelenggara pelayanan", "nama sekolah", "asal sekolah",
    ),
    "category": ("kategori inovasi", "kategori", "bidang inovasi", "category"),
    "group": ("kelompok inovasi", "kelompok", "innovation group"),
    "started_on": (
        "tanggal inovasi dimulai", "tanggal mulai", "tanggal mulai implementasi", "tanggal mulai inovasi",
        "mulai implementasi", "tanggal implementasi", "tanggal implementasi inovasi", "tanggal dimulainya",
        "tanggal pelaksanaan inovasi", "waktu mulai implementasi", "mulai diterapkan", "mulai dilaksanakan",
        "mulai diimplementasikan", "inovasi dimulai", "mulai diberlakukan", "mulai berjalan", "mulai pelaksanaan",
        "tanggal penerapan", "start date", "implementation date", "date of implementation", "implementation start",
        "start of implementation", "first implemented", "innovation start", "implementation began",
        "innovation started", "innovation begin",
    ),
    "summary": ("ringkasan", "abstrak", "deskripsi singkat", "executive summary", "summary"),
    "background": ("latar belakang", "latar belakang dan tujuan", "background"),
    "novelty": ("kebaruan", "nilai tambah", "kebaruan nilai tambah", "novelty", "added value"),
    "implementation": ("implementasi inovasi", "implementasi", "pelaksanaan inovasi", "implementation"),
    "significance": ("signifikansi", "significance"),
    "adaptability": ("adaptabilitas", "adaptability", "transferabilitas", "potensi replikasi", "transferability"),
    "resources": ("sumber daya", "resources"),
    "sustainability": ("keberlanjutan", "strategi keberlanjutan", "keberlanjutan inovasi", "sustainability"),
    "sdgs": (
        "tujuan pembangunan berkelanjutan", "sdgs", "sdg", "tpb", "kontribusi terhadap tpb",
        "sustainable development goals", "sustainable development goal",
    ),
    "innovator": (
        "inovator", "innovator", "penanggung jawab inovasi", "penanggung jawab inovator", "nama inovator",
        "tim inovator", "penanggung jawab",
    ),
    "contact_name": (
        "narahubung", "nama narahubung", "contact person", "kontak person", "nama kontak", "nama lengkap",
        "nama pengisi", "nama pendaftar", "nama operator", "nama pic", "nama penanggung jawab pengisian",
    ),
    "contact_email": (
        "email", "e mail", "surel", "alamat email", "email narahubung", "email kontak", "email inovator",
        "email instansi", "alamat surel", "email penanggung jawab",
    ),
    "contact_phone": (
        "nomor telepon", "no telepon", "no telp", "no tlpn", "nomor hp", "no hp", "nomor whatsapp", "no whatsapp",
        "no wa", "nomor wa", "telepon", "whatsapp", "phone number", "mobile number", "nomor handphone", "no handphone",
        "nomor kontak", "telephone", "nomor telepon narahubung", "nomor hp narahubung", "nomor wa narahubung",
        "nomor telepon inovator", "nomor hp inovator", "no hp inovator", "no hp narahubung",
    ),
    "video_url": (
        "video", "youtube", "link video", "tautan video", "link youtube", "tautan youtube", "video inovasi",
        "link video inovasi", "tautan video inovasi", "url video inovasi",
    ),
    "documents": (
        "dokumen", "lampiran", "unggah", "upload", "berkas", "surat pernyataan", "attachment", "supporting document",
        "sk pejabat", "surat keputusan", "standar pelayanan", "maklumat pelayanan", "file proposal", "bukti inisiasi",
        "unggah proposal", "upload proposal",
    ),
}

# A heading that is one of these, whole, is the field where no other heading gives it.
LAST: dict[str, tuple[str, ...]] = {
    "title": ("ide inovasi", "gagasan inovasi", "project name", "nama proyek"),
    "agency": ("k l d", "kementerian lembaga daerah", "daerah", "pemerintah daerah", "pemda"),
    "contact_name": ("your name", "your full name"),
}

# Fields whose words decide before the longest: "e-mail of the innovator" is an e-mail.
FIRST = ("contact_email", "contact_phone", "video_url")
# Words that make any heading with them a question for a file, whatever else it names.
FILES = ("dokumen", "lampiran", "unggah", "unggahan", "upload", "berkas", "surat", "file", "pdf", "attachment")
# Headings with one of these in them are none of the fields: they ask for something else about it.
OTHER = (
    "counta of", "count of", "sum of", "average of", "jumlah dari", "hitung dari", "rata rata dari",  # pivot tables
    "iga", "indeks inovasi daerah", "nip", "koordinat", "asta cita", "keterangan video", "saya menyatakan", "pernah",
    "sudah", "apakah", "setuju", "menyetujui", "persetujuan", "jabatan", "jumlah", "alasan", "feedback", "points",
    "skor", "masukan", "score", "sekolah asal", "alamat instansi", "alamat kantor", "consent", "i agree", "i declare",
    "bersedia", "jenis instansi", "jenis opd", "tipe instansi", "kepala instansi", "kepala opd", "nama kepala",
    "job title", "website", "agency type", "anggaran", "nama file", "judul video", "durasi", "tanggal surat",
    "nomor surat", "no surat", "tanggal sk", "nomor sk", "no sk", "perihal",
)
# ... and with one of these they ask for something about what they name, unless for an e-mail, a telephone or a video.
ABOUT = (
    "jenis", "tipe", "bentuk", "alamat", "visi", "misi", "logo", "foto", "tanda tangan", "tanggal lahir",
    "tempat lahir",
    "usia", "umur", "jenis kelamin", "nik", "npwp", "pendidikan terakhir", "pangkat", "golongan", "rekening",
    "kode pos",
    "type of", "kind of", "address", "gender", "age", "head of", "number of", "how many",
    "date of birth", "position", "where is", "where are",
)

# The columns of marks and of the administrative check besides criteria and requirements.
SHEET_COLUMNS: dict[str, tuple[str, ...]] = {
    "submission": (
        "submission", "submission id", "id submission", "id", "id inovasi", "id proposal", "kode", "kode inovasi",
        "kode proposal", "nomor registrasi", "no registrasi", "nomor pendaftaran", "registration number", "proposal",
        "peserta", "id peserta", "usulan", "id usulan", "id pendaftaran", "kode pendaftaran",
    ),
    "title": (
        "title", "judul", "judul inovasi", "nama inovasi", "judul proposal", "inovasi", "innovation",
        "innovation title", "proposal title", "ide inovasi", "project", "project title", "project name", "proyek",
        "nama proyek",
    ),
    "judge": (
        "judge", "juri", "nama juri", "dewan juri", "penilai", "nama penilai", "juror", "evaluator", "reviewer",
        "judge name", "name of judge", "tim penilai", "nama evaluator", "nama dewan juri",
    ),
    "submitted_at": ("submitted at", "waktu", "waktu penilaian", "tanggal penilaian", "tanggal", "waktu pengiriman",
    "date", "time"),
    "note": (
        "note", "notes", "catatan", "catatan dan saran", "catatan saran", "saran", "komentar", "keterangan", "comment",
        "comments", "remarks", "remark",
    ),
}
# What stands on a sheet for people's eyes and is never read: names and totals beside the ids.
SHEET_FURNITURE = (
    "agency", "instansi", "perangkat daerah", "nama instansi", "opd", "unit kerja", "kategori", "category", "kelompok",
    "group", "total", "jumlah", "total nilai", "nilai akhir", "rata rata", "average", "sum", "paraf", "tanda tangan",
    "signature", "bobot", "weight", "peringkat", "rank", "email", "alamat email", "email address", "nama", "name",
)
# A column that only counts the rows.
COUNTERS = ("no", "nomor", "no urut", "nomor urut", "nr", "number")

# Columns that a service adds by itself: key of the heading -> the field that it gives, "" for none.
KOBO: dict[str, str] = {
    "_id": "submission_id", "_submission_time": "submitted_at", "submission_time": "submitted_at",
    "phonenumber": "contact_phone",
    **dict.fromkeys((
        "start", "end", "today", "deviceid", "subscriberid", "simserial", "simid", "devicephonenum", "imei",
        "username", "audit", "_uuid", "_validation_status", "_notes", "_status", "_submitted_by", "__version__",
        "_version_", "_version", "_tags", "_index", "_parent_index", "_parent_table_name", "_xform_id_string",
        "_attachments", "_geolocation", "_edited", "formhub/uuid", "meta/instanceid", "meta/rootuuid",
        "meta/deprecatedid", "meta/instancename", "background-audio", "_submission__id", "_submission__uuid",
        "_submission__submission_time", "_submission__validation_status", "_submission__notes", "_submission__status",
        "_submission__submitted_by", "_submission___version__", "_submission__tags", "uuid", "index",
        "validation_status", "submitted_by", "_xform_id", "_duration", "_date_modified", "_last_edited_by",
        "_total_media", "_media_count", "_media_all_received", "_review_status", "_review_comment",
        "_bamboo_dataset_id",
        "_geolocation_latitude", "_geolocation_longitude",
    ), ""),
}
ODK: dict[str, str] = {
    "key": "submission_id", "submissiondate": "submitted_at", "*meta-instance-id*": "submission_id",
    "*meta-submission-date*": "submitted_at", "phonenumber": "contact_phone",
    **dict.fromkeys((
        "meta-instanceid", "meta-instancename", "instanceid", "instancename", "submitterid", "submittername",
        "attachmentspresent", "attachmentsexpected", "status", "reviewstate", "deviceid", "edits", "formversion",
        "start", "end", "today", "parent_key", "set-of", "simserial", "subscriberid", "devicephonenum", "username",
        "meta-audit", "meta/instanceid", "audit", "meta:instanceid", "meta:instancename", "meta-entity-label",
        "starttime", "endtime", "duration", "caseid", "formdef_version", "device_info", "imei", "subscriber_id",
        "comments", "text_audit", "audio_audit", "instancefolder", "reviewcomments", "reviewcorrections",
        "reviewquality", "*meta-model-version*", "*meta-ui-version*", "*meta-is-complete*",
        "*meta-date-marked-as-complete*",
    ), ""),
}
# What tells a response where the column that numbers responses was left out of the export.
RESPONSE_KEYS: dict[str, tuple[str, ...]] = {
    "kobo": ("_uuid", "uuid", "meta/rootuuid", "meta/instanceid"),
    "odk": ("meta-instanceid", "meta:instanceid", "meta/instanceid", "instanceid"),
}
LIMESURVEY: dict[str, str] = {
    "id": "submission_id", "submitdate": "submitted_at",
    **dict.fromkeys((
        "lastpage", "startlanguage", "seed", "token", "startdate", "datestamp", "ipaddr", "refurl", "interviewtime",
    ), ""),
}
LIMESURVEY_LABELS: dict[str, str] = {
    "response id": "id", "id respon": "id", "id tanggapan": "id", "id respons": "id", "antwort id": "id",
    "id de respuesta": "id",
    "id da resposta": "id", "identifiant de réponse": "id", "id de la réponse": "id", "id risposta": "id",
    "antwoord id": "id", "responsid": "id", "date submitted": "submitdate", "tanggal dikirim": "submitdate",
    "tanggal pengiriman": "submitdate", "tanggal diserahkan": "submitdate",
    "tanggal terkirim": "submitdate", "waktu pengiriman": "submitdate", "datum abgeschickt": "submitdate",
    "fecha de envío": "submitdate", "data de envio": "submitdate", "data de submissão": "submitdate",
    "date de soumission": "submitdate", "data di invio": "submitdate", "datum ingestuurd": "submitdate",
    "last page": "lastpage", "halaman terakhir": "lastpage", "letzte seite": "lastpage", "última página": "lastpage",
    "dernière page": "lastpage", "ultima pagina": "lastpage", "laatste pagina": "lastpage",
    "start language": "startlanguage", "bahasa awal": "startlanguage", "bahasa mulai": "startlanguage",
    "mulai bahasa": "startlanguage",
    "start sprache": "startlanguage", "startsprache": "startlanguage", "lenguaje inicial": "startlanguage",
    "idioma inicial": "startlanguage", "langue de départ": "startlanguage", "lingua iniziale": "startlanguage",
    "starttaal": "startlanguage", "begintaal": "startlanguage", "seed": "seed", "benih": "seed",
    "zufallsstartwert": "seed", "zufallsgeneratorstartwert": "seed",
    "tête de série": "seed", "seme": "seed", "semilla": "seed", "semente": "seed", "graine": "seed", "token": "token",
    "access code": "token", "date started": "startdate", "datum gestartet": "startdate", "fecha de inicio": "startdate",
    "date de lancement": "startdate", "tanggal dimulai": "startdate", "tanggal mulai": "startdate",
    "date last action": "datestamp", "datum letzte aktivität": "datestamp", "date de la dernière action": "datestamp",
    "fecha de la última acción": "datestamp", "tanggal tindakan terakhir": "datestamp", "ip address": "ipaddr",
    "ip adresse": "ipaddr", "alamat ip": "ipaddr", "dirección ip": "ipaddr", "adresse ip": "ipaddr",
    "referrer url": "refurl",
    "url référente": "refurl", "url referrer": "refurl", "total time": "interviewtime", "gesamtzeit": "interviewtime",
}
