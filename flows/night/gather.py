"""The inputs of a run: the rules, the tables, the exports, the program, `as_of` and the memory; and
the keys of a run, which follow from them.

Every file is copied first and read from its copy. This module imports no pandas: a night with
nothing new ends here.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

from flows.messages import moment
from reports.formats.logo import logo_data_uri
from tasks.disk import program
from tasks.disk.folder import copy_history, copy_tables, load_competition
from tasks.disk.inbox import (
    PulledInbox,
    apply_notes,
    copy_notes,
    pull_inbox,
    write_notes,
)
from tasks.disk.manifest import Manifest
from tasks.disk.runs import PublishedFolder
from tasks.disk.storage import Storage, StorageOptions, make_storage
from tasks.errors import CallError, ErrorMessage
from tasks.intake.raw import Raw
from tasks.rules.competition import (
    COMPETITION_FILE,
    Competition,
    decode_rules,
    parse_competition,
)

Credentials = Callable[[], StorageOptions]  # asked only where a storage is remote


def no_credentials() -> StorageOptions:
    """No options: each storage's library looks for its keys itself."""
    return {}


@dataclass(frozen=True)
class Request:
    """The call of a run: which folder, as of when (as typed, or now), where to publish instead, and
    whether submissions may vanish.

    `whole`: everything is in the folder itself, whatever [storage] says: an archive that is
    computed again. `credentials`: what remote storages are opened with.
    """

    folder: Path
    as_of: str | None = None
    out: str | None = None
    accept_vanished: bool = False
    whole: bool = False
    credentials: Credentials = no_credentials

    @property
    def kipp(self) -> Path:
        """The program's own folder in the competition's."""
        return self.folder / ".kipp"


@dataclass(frozen=True)
class Inputs:
    """All that a run is a function of; `files` has the path and SHA-256 of every file that is
    read.
    """

    request: Request
    competition: Competition
    rules_text: str
    as_of: datetime
    tables: list[Raw]
    pulled: PulledInbox
    program: str
    memory: bytes | None = None
    logo: str = ""

    @cached_property
    def files(self) -> dict[str, str]:
        table_hashes = {raw.name: raw.sha256 for raw in self.tables}
        inbox_hashes = {f"inbox/{raw.name}": raw.sha256 for raw in self.pulled.raws}
        return dict(sorted((table_hashes | inbox_hashes).items()))

    @property
    def states(self) -> dict[str, str]:
        """The state of each phase at `as_of`."""
        competition = self.competition
        return {phase.code: competition.state(phase, self.as_of) for phase in competition.phases}

    @property
    def key(self) -> str:
        """The hash of what makes a night new: inputs, rules, program and phase states."""
        return _hash_values({"files": self.files, "program": self.program, "states": self.states})

    @property
    def older(self) -> list[Raw]:
        """The copies that are older ones, because their source could not be reached."""
        return [raw for raw in [*self.pulled.raws, *self.tables] if raw.stale]

    @property
    def run(self) -> str:
        """The run's name: `as_of`, a hyphen, and 8 hex digits of all that it was made from."""
        memory = hashlib.sha256(self.memory).hexdigest() if self.memory is not None else ""
        made_from = {
            "key": self.key,
            "as_of": self.as_of.isoformat(),
            "memory": memory,
            "accepted": self.request.accept_vanished,
        }
        return f"{self.as_of:%Y%m%dT%H%M%S}-{_hash_values(made_from)[:8]}"


def competition_folder(path: Path) -> Path:
    """The competition's folder, absolute. Raises CallError for one that is not there or has no
    competition.toml.
    """
    folder = path.expanduser().absolute()
    if not folder.is_dir():
        raise CallError(ErrorMessage("flows.no_folder", str(path)))
    if not (folder / COMPETITION_FILE).is_file():
        raise CallError(ErrorMessage("flows.no_competition", str(path)))
    return folder


def published_runs(request: Request, competition: Competition) -> PublishedFolder:
    """The folder or storage in which the runs of this request are published.

    Its address is --out; without --out, [storage] published; without both, published/.
    """
    if request.out:
        options = request.credentials()
        return PublishedFolder(make_storage(request.out, Path.cwd(), request.out, options))
    return PublishedFolder(competition_storage(request, competition, "published"))


def require_manifest(published: PublishedFolder, folder: Path) -> Manifest:
    """The manifest of the published run. Raises CallError where nothing is published.

    `folder`: the competition's, which the message names.
    """
    manifest = published.manifest()
    if manifest is None:
        raise CallError(ErrorMessage("flows.nothing_published", str(folder)))
    return manifest


def competition_storage(
    request: Request,
    competition: Competition,
    name: Literal["inbox", "history", "published"],
) -> Storage:
    """Where the inbox, the history or what is published is: as [storage] says, else in the
    folder.
    """
    address = None if request.whole else getattr(competition.storage, name)
    options = request.credentials() if address and "://" in address else None
    return make_storage(address, request.folder, name, options)


def gather_inputs(request: Request) -> Inputs:
    """The inputs of the run, copied. Raises RulesError and CallError; nothing is published then.

    The memory is what the published run left.
    """
    competition = load_competition(request.folder)
    as_of = requested_moment(request, competition)
    published = published_runs(request, competition)
    refuse_going_back(as_of, published)
    request.kipp.mkdir(exist_ok=True)
    logo = competition.publication.letterhead.logo
    table_copies = copy_tables(request.folder, request.kipp, [logo] if logo else [])
    sources = gather_sources(request, competition)
    copies = {raw.name: raw for raw in table_copies}
    rules_text = decode_rules(copies[COMPETITION_FILE].load())
    competition = parse_competition(rules_text)
    return Inputs(
        request=request,
        competition=competition,
        rules_text=rules_text,
        as_of=as_of,
        tables=table_copies + sources.notes + sources.history,
        pulled=sources.pulled,
        program=program.program_fingerprint(),
        memory=published.read("memory-next.json"),
        logo=copied_logo(competition, copies),
    )


def requested_moment(request: Request, competition: Competition) -> datetime:
    """The moment that the request names, else now, in the competition's zone. Raises CallError."""
    if request.as_of:
        return moment.read_moment(request.as_of, competition.zone)
    return moment.current_moment(competition.zone)


def copied_logo(competition: Competition, copies: Mapping[str, Raw]) -> str:
    """The letterhead's logo as a data: URI, from its copy; "" where none is named.

    Raises RulesError for what is no usable picture.
    """
    name = competition.publication.letterhead.logo
    copy = copies.get(name) if name else None
    return logo_data_uri(name, copy.load() if copy else None)


class GatheredSources(NamedTuple):
    """The copies of the history, of the notes on files that could not be copied anew, and of the
    inbox.
    """

    history: list[Raw]
    notes: list[Raw]
    pulled: PulledInbox


def gather_sources(request: Request, competition: Competition) -> GatheredSources:
    """The copies of the history and of the inbox, with the notes on them.

    In an archive the notes are a file: what could not be fetched when it was made cannot be fetched
    again.
    """
    kipp, options = request.kipp, request.credentials()
    history = copy_history(competition_storage(request, competition, "history"), kipp)
    inbox = competition_storage(request, competition, "inbox")
    copied = pull_inbox(inbox, kipp, options=options)
    pulled = replace(copied, refused=copied.refused + history.refused)
    if not request.whole:
        return GatheredSources(history.raws, write_notes(pulled, kipp), pulled)
    notes = copy_notes(request.folder, kipp)
    if notes:
        pulled = apply_notes(pulled, notes[0].load())
    return GatheredSources(history.raws, notes, pulled)


def refuse_going_back(as_of: datetime, published: PublishedFolder) -> None:
    """Raises CallError for an `as_of` that is earlier than the published run's."""
    manifest = published.manifest()
    if manifest and as_of < manifest.as_of:
        params = {"published": manifest.as_of.isoformat(), "asked": as_of.isoformat()}
        raise CallError(ErrorMessage("flows.going_back", "--as-of", params))


def _hash_values(values: Any) -> str:
    text = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
