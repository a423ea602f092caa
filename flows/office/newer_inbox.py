"""Whether the inbox is newer than the published run, for commands that show the published run."""

from flows.messages import sentences
from flows.night.gather import Request, competition_storage
from tasks.disk.inbox import PulledInbox, pull_inbox
from tasks.disk.manifest import Manifest
from tasks.rules.competition import Competition


def newer_inbox_notice(request: Request, competition: Competition, manifest: Manifest) -> str:
    """The sentence to print where the inbox is newer than the published run, else "".

    The sentence is said on standard error, too. Also "" for an inbox that cannot be reached, since
    nobody knows then.
    """
    words = sentences.folder_words(request.folder)
    inbox = competition_storage(request, competition, "inbox")
    pulled = pull_inbox(inbox, request.kipp, options=request.credentials())
    if any(refused.name == "inbox" for refused in pulled.refused):
        return ""
    if _is_same_inbox(pulled, manifest):
        return ""
    as_of = words.time(manifest.as_of)
    sentences.say_sentence(words.say("flows.newer_inbox", as_of=as_of))
    return words.say("flows.newer_inbox.printed", as_of=as_of)


def _is_same_inbox(pulled: PulledInbox, manifest: Manifest) -> bool:
    """Whether the inbox holds the files that the run was made from."""
    now = {f"inbox/{raw.name}": raw.sha256 for raw in pulled.raws}
    then = {file.path: file.sha256 for file in manifest.inputs if file.path.startswith("inbox/")}
    return now == then
