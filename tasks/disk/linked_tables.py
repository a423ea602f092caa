"""The tables that the links of an inbox lead to, copied under .kipp/raw.

How a link is read stands in links.py, how an address is asked in web.py.
"""

import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import NamedTuple

from tasks.disk import last_good
from tasks.disk.last_good import FetchedCopy, LastGoodCopies
from tasks.disk.links import LONGEST_LINK_BYTES, link_address, table_suffix
from tasks.disk.raw_copies import CopiedFiles, RawStore, RefusedFile, refuse_source
from tasks.disk.storage import StorageOptions
from tasks.disk.time_limits import PATIENCE, Patience, Unreachable, call_with_retries
from tasks.intake.raw import Raw

_LINKS_AT_ONCE = 8  # links that are followed at a time


class _FollowedLink(NamedTuple):
    """A link, the name by which its source is remembered ("" where it has none), and the copy of
    its table, else why there is none.
    """

    link: Raw
    source: str
    answer: Raw | RefusedFile


@dataclass(frozen=True)
class LinkFollower:
    """How links are followed: where copies go, what hosts are told (`options`), how long each is
    waited for.
    """

    store: RawStore
    options: StorageOptions = field(default_factory=dict)
    patience: Patience = PATIENCE

    def follow_links(self, links: Iterable[Raw], taken: set[str]) -> CopiedFiles:
        """The tables that the links lead to, and the links that lead to nothing.

        `taken`: names of delivered files, which no table of a link may have. Several links are
        followed at a time, so that one that hangs keeps no other waiting.
        """
        shortcuts = list(links)
        if not shortcuts:
            return CopiedFiles([], [])
        with ThreadPoolExecutor(_LINKS_AT_ONCE) as pool:
            followed = list(pool.map(self._follow_link, shortcuts))
        self._remember_tables(followed)
        return _copied_tables(followed, taken)

    def _follow_link(self, link: Raw) -> _FollowedLink:
        """The link with the copy of its table, else the last good one, else why there is none."""
        try:
            url = link_address(link.load()[:LONGEST_LINK_BYTES], link.name)
        except Unreachable as failure:
            return _FollowedLink(link, "", refuse_source(link.name, failure))
        source = f"{link.name} {url}"
        try:
            return _FollowedLink(link, source, self._fetch_table(url, link.name))
        except Unreachable as failure:
            older = self._older_table(source, failure)
            return _FollowedLink(link, source, older or refuse_source(link.name, failure))

    def _older_table(self, source: str, failure: Unreachable) -> Raw | None:
        """The table that the source gave last; None where no copy is left."""
        earlier = LastGoodCopies(self.store.kipp).copies_from(source)
        older = [self.store.older_raw(name, copy, failure) for name, copy in earlier.items()]
        return older[0] if older else None

    def _fetch_table(self, url: str, link_name: str) -> Raw:
        """The copy of the table at an address. Its name is the link's, with an ending that says
        what the table is. Raises Unreachable.
        """
        from tasks.disk.web import START_BYTES, fetch_url, refuse_non_table  # start-up time: httpx

        def fetch_once() -> Raw:
            with tempfile.TemporaryFile() as file:
                answer = fetch_url(url, file, self.store.largest, self.options, self.patience)
                file.seek(0)
                start = file.read(START_BYTES)
                refuse_non_table(start, answer.is_page, url)
                file.seek(0)
                sha256 = self.store.keep_bytes(file)
            return self.store.raw(sha256, link_name + table_suffix(start))

        return call_with_retries(url, fetch_once, self.patience)

    def _remember_tables(self, followed: Iterable[_FollowedLink]) -> None:
        """Notes which tables came now; what stands in for a table that did not come is as old as it
        was.
        """
        now = last_good.current_time()
        fresh = {
            source: {answer.name: FetchedCopy(answer.sha256, now)}
            for _, source, answer in followed
            if isinstance(answer, Raw) and not answer.stale
        }
        LastGoodCopies(self.store.kipp).remember(fresh)


def _copied_tables(followed: Iterable[_FollowedLink], taken: set[str]) -> CopiedFiles:
    """The tables that came, and the links without one, or whose table has a name that is taken."""
    copied = CopiedFiles([], [])
    for link, _, answer in followed:
        if isinstance(answer, RefusedFile):
            copied.refused.append(answer)
        elif answer.name in taken:
            params = {"taken": answer.name}
            copied.refused.append(RefusedFile(link.name, "source_link_taken", params))
        else:
            copied.raws.append(answer)
    return copied
