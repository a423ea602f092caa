"""Documents: planned, then made in the order planned."""

from reports import pdf
from reports.document import HTML, JSON, PDF, Document, Planned, made

ORDER = pdf.Print(
    "<!doctype html><html "
    'lang="id"><head><title>Uji</title></head><body><h1>Uji</h1></body></html>',
    "",
)


def test_documents_come_in_the_order_planned_whatever_makes_them():
    planned = [
        Planned("a.html", HTML, "k1", "C1", make=lambda: b"a"),
        Planned("b.pdf", PDF, "k2", "C2", order=lambda: ORDER),
        Planned("c.json", JSON, "k3", "", make=lambda: b"c"),
    ]
    assert list(made(planned)) == [
        Document("a.html", HTML, "k1", b"a"),
        Document("b.pdf", PDF, "k2", pdf.make(ORDER)),
        Document("c.json", JSON, "k3", b"c"),
    ]


def test_progress_counts_every_document():
    done: list[int] = []
    planned = [
        Planned("a.html", HTML, "k1", "", make=lambda: b"a"),
        Planned("b.pdf", PDF, "k2", "", order=lambda: ORDER),
        Planned("c.pdf", PDF, "k3", "", order=lambda: ORDER),
    ]
    list(made(planned, progress=done.append))
    assert done == [1, 2, 3]


def test_nothing_planned_is_nothing_made():
    assert list(made([])) == []
