"""Publishing: new documents are made, the others carried over, and one switch publishes the run."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flows.night import bureau_page
from flows.night.gather import Inputs, published_runs
from flows.night.outcome import NightOutcome, ProgressCallback, show_no_progress
from reports.content import problems
from reports.documents import catalogue
from reports.documents.document import PlannedDocument, render_documents
from reports.formats import pdf
from tasks.disk import program
from tasks.disk.cache import Cache, carry_over_file
from tasks.disk.manifest import (
    MANIFEST_FILE,
    InputFile,
    Manifest,
    manifest_bytes,
    output_files,
)
from tasks.results.results import Results


@dataclass(frozen=True)
class ReadyDocument:
    """A document and the finished file of it."""

    planned: PlannedDocument
    file: Path


@dataclass(frozen=True)
class RunDocuments:
    """All documents of a run in the cache, and how many of them had to be made."""

    ready: list[ReadyDocument]
    made: int


def make_documents(
    results: Results, inputs: Inputs, progress: ProgressCallback = show_no_progress
) -> RunDocuments:
    """All documents of the run; made are those whose key the cache does not have."""
    planned = catalogue.plan_documents(results, inputs.as_of, inputs.logo)
    cache = Cache(inputs.request.kipp / "cache")
    files = {document.path: cache.entry(document.key) for document in planned}
    new = [document for document in planned if files[document.path] is None]
    files |= _render_into_cache(new, cache, progress)
    finished = [(document, files[document.path]) for document in planned]
    ready = [ReadyDocument(document, file) for document, file in finished if file]
    return RunDocuments(ready, len(new))


def _render_into_cache(
    new: list[PlannedDocument], cache: Cache, progress: ProgressCallback
) -> dict[str, Path]:
    """The finished file of each document, by the document's path in the run."""
    progress("documents", 0, len(new))

    def report_progress(done: int) -> None:
        progress("documents", done, len(new))

    rendered = render_documents(new, progress=report_progress)
    return {document.path: cache.keep(document.key, document.bytes) for document in rendered}


def publish_run(results: Results, inputs: Inputs, documents: RunDocuments) -> NightOutcome:
    """Stages the run, switches `current` to it, and tells the bureau's page."""
    published = published_runs(inputs.request, inputs.competition)
    with published.staged(inputs.request.kipp) as staged:
        manifest = _stage_run(staged, results, inputs, documents)
        published.commit(staged, inputs.run)
    Cache(inputs.request.kipp / "cache").prune()
    bureau_page.write_bureau_page(inputs, problems.finding_rows(results), "published")
    return NightOutcome(
        state="published",
        run=inputs.run,
        address=published.storage.address,
        documents=len(documents.ready),
        made=documents.made,
        counts=dict(manifest.counts),
    )


def _stage_run(staged: Path, results: Results, inputs: Inputs, documents: RunDocuments) -> Manifest:
    """The manifest of the run, once all files of the run stand in the folder `staged`."""
    for ready in documents.ready:
        carry_over_file(ready.file, staged / ready.planned.path)
    files = data_files(results) | memory_files(inputs)
    for name, content in files.items():
        _write_staged_file(staged / name, content)
    codes = {ready.planned.path: ready.planned.code for ready in documents.ready}
    manifest = make_manifest(inputs, results, staged, codes)
    _write_staged_file(staged / MANIFEST_FILE, manifest_bytes(manifest))
    return manifest


def data_files(results: Results) -> dict[str, bytes]:
    """The files of data/ by their path in the run."""
    return {f"data/{name}": content for name, content in results.files().items()}


def memory_files(inputs: Inputs) -> dict[str, bytes]:
    """The memory given; absent for a first run."""
    return {"memory.json": inputs.memory} if inputs.memory is not None else {}


def make_manifest(
    inputs: Inputs, results: Results, staged: Path, codes: Mapping[str, str]
) -> Manifest:
    """What the run says of itself. `staged`: the folder with all of its other files; `codes`: of
    each document by path.
    """
    return Manifest(
        run=inputs.run,
        as_of=inputs.as_of,
        accept_vanished=inputs.request.accept_vanished,
        key=inputs.key,
        states=inputs.states,
        program=inputs.program,
        versions=program.program_versions() | pdf.printing_versions(),
        counts=run_counts(results),
        documents=len(codes),
        inputs=tuple(InputFile(path, digest) for path, digest in inputs.files.items()),
        outputs=output_files(staged, codes),
    )


def run_counts(results: Results) -> dict[str, int]:
    """How many rows the exports of submissions have, how many innovations were received and
    accepted, and how many findings of each severity stand.
    """
    exports = results["exports"]
    delivered = exports.loc[exports["table"] == "submissions", "delivered"]
    this_year = results["history"].iloc[-1]
    severity = results["findings"]["severity"].value_counts()
    kinds = {name: int(severity.get(name, 0)) for name in bureau_page.SEVERITIES}
    innovations = {name: int(this_year[name]) for name in ("received", "accepted")}
    return {"rows": int(delivered.sum()), **innovations, **kinds}


def _write_staged_file(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
