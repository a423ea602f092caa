"""Documents: planned, then made in the order planned."""

from reports.documents.document import HTML, JSON, PDF, Document, PlannedDocument, render_documents
from reports.formats import pdf

ORDER = pdf.PrintOrder(
    "<!doctype html><html "
    'lang="id"><head><title>Uji</title></head><body><h1>Uji</h1></body></html>',
    "",
)


def test_documents_come_in_the_order_planned_whatever_makes_them():
    planned = [
        PlannedDocument("a.html", HTML, "k1", "C1", make=lambda: b"a"),
        PlannedDocument("b.pdf", PDF, "k2", "C2", order=lambda: ORDER),
        PlannedDocument("c.json", JSON, "k3", "", make=lambda: b"c"),
    ]
    assert list(render_documents(planned)) == [
        Document("a.html", HTML, "k1", b"a"),
        Document("b.pdf", PDF, "k2", pdf.render_pdf(ORDER)),
        Document("c.json", JSON, "k3", b"c"),
    ]


def test_progress_counts_every_document():
    done: list[int] = []
    planned = [
        PlannedDocument("a.html", HTML, "k1", "", make=lambda: b"a"),
        PlannedDocument("b.pdf", PDF, "k2", "", order=lambda: ORDER),
        PlannedDocument("c.pdf", PDF, "k3", "", order=lambda: ORDER),
    ]
    list(render_documents(planned, progress=done.append))
    assert done == [1, 2, 3]


def test_nothing_planned_is_nothing_made():
    assert list(render_documents([])) == []
