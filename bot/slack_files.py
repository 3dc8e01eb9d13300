"""Fetching the files that people share in Slack: with the bot's token, from Slack's own hosts and no other."""

import ipaddress
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from http.client import HTTPException
from typing import IO, Any
from urllib.parse import urljoin, urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from putright.triage.shared_files import Fetched, NotFetched
from putright.triage.told import SharedFile

SECONDS = 20.0
"""How long Slack may be silent in the middle of a file."""
WHOLE_SECONDS = 120.0
"""How long a whole file may take."""
REDIRECTS = 5
_CHUNK = 256 * 1024

_ELSEWHERE = ("external", "remote")
_OWN_PAGES = ("canvas", "docs", "list", "quip", "space")
_GONE = {
    "tombstone": "It was deleted in Slack before it was fetched.",
    "hidden_by_limit": "Slack hides it behind the limit of its free plan.",
}
NO_SCOPE = (
    "The app lacks the scope files:read: add it on the app's page (`putright slack manifest` has it), install the app "
    "again, then `putright parked real NUMBER`."
)
_REFUSED = {
    "missing_scope": NO_SCOPE,
    "file_deleted": _GONE["tombstone"],
    "file_not_found": "Slack does not show it to the bot: invite it with /invite @putright.",
    "access_denied": "Slack does not show it to the bot: it belongs to another organisation.",
    "not_visible": "Slack does not show it to the bot: invite it with /invite @putright.",
}
_NOT_THE_FILE = "Slack gave a web page in its place: check the bot token and its scope files:read."


def shared_files(event: Mapping[str, Any]) -> tuple[SharedFile, ...]:
    """The files of a message event, each once; one without an id cannot be fetched, and that is said later."""
    found: dict[str, Mapping[str, Any]] = {}
    for number, one in enumerate(event.get("files") or (), 1):
        if isinstance(one, Mapping):
            found.setdefault(str(one.get("id") or f"unknown-{number}"), one)
    return tuple(_described({**one, "id": key}) for key, one in found.items())


def _described(one: Mapping[str, Any]) -> SharedFile:
    size = one.get("size")
    return SharedFile(
        id=str(one["id"]),
        name=str(one.get("name") or one.get("title") or ""),
        media_type=str(one.get("mimetype") or ""),
        size=size if isinstance(size, int) and size > 0 else 0,
        mode="external" if one.get("is_external") else str(one.get("mode") or ""),
        url=str(one.get("url_private_download") or one.get("url_private") or ""),
        look_up=one.get("file_access") == "check_file_info" or one.get("mode") == "file_access",
    )


class SlackFiles:
    """Fetches files. `limit_of` says how many bytes one may have."""

    def __init__(
        self,
        client: WebClient,
        limit_of: Callable[[SharedFile], int],
        *,
        seconds: float = SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._limit_of = limit_of
        self._seconds = seconds
        self._clock = clock
        api = urlsplit(client.base_url)
        self._host = (api.hostname or "").removeprefix("www.")
        self._plain = api.scheme == "http"
        self._opener = urllib.request.build_opener(
            _NoRedirect, urllib.request.HTTPSHandler(context=ssl.create_default_context())
        )

    def fetch(self, file: SharedFile) -> Fetched:
        """The file's bytes. Raises NotFetched."""
        if file.look_up or not (file.url or file.mode in (*_ELSEWHERE, *_GONE)):
            file = self._looked_up(file)
        self._may_be_fetched(file)
        try:
            return Fetched(file, self._downloaded(file))
        except _NotTheFile:
            # Slack answers a missing scope, a deleted file and a stale address alike: files.info tells them apart
            file = self._looked_up(file)
            self._may_be_fetched(file)
        try:
            return Fetched(file, self._downloaded(file))
        except _NotTheFile as error:
            raise NotFetched(_NOT_THE_FILE, again=True) from error

    def _may_be_fetched(self, file: SharedFile) -> None:
        if file.mode in _GONE:
            raise NotFetched(_GONE[file.mode])
        if file.mode in _ELSEWHERE:
            raise NotFetched("It is a link to a file that is kept outside Slack.", left=True)
        if file.mode in _OWN_PAGES:
            raise NotFetched("It is a canvas or a list, which only Slack can show.", left=True)
        limit = self._limit_of(file)
        if file.size > limit:
            raise _too_large(limit)
        if not self._ours(file.url):
            raise NotFetched("Its address is none of Slack's own, so it was not fetched.")

    def _looked_up(self, file: SharedFile) -> SharedFile:
        try:
            about = self._client.files_info(file=file.id)["file"]
        except SlackApiError as error:
            code = str(error.response.get("error", ""))
            wait = _seconds(error.response.headers.get("Retry-After"))
            if error.response.status_code == 429 or code == "ratelimited":
                raise NotFetched("Slack asks us to slow down.", again=True, wait=wait) from error
            sentence = _REFUSED.get(code, f"Slack refused it ({code or 'no reason given'}).")
            raise NotFetched(sentence, again=code not in _REFUSED) from error
        except (OSError, HTTPException, ValueError) as error:
            raise _lost() from error
        if not isinstance(about, Mapping) or not about.get("id"):
            raise NotFetched("Slack did not say where it is.", again=True)
        found = _described(about)
        if found.look_up:
            raise NotFetched("Slack does not show it to the bot: it belongs to another organisation.")
        return found

    def _downloaded(self, file: SharedFile) -> bytes:
        url, until = file.url, self._clock() + WHOLE_SECONDS
        for _ in range(REDIRECTS + 1):
            request = urllib.request.Request(url, headers={"Authorization": f"Bearer {self._client.token}"})
            try:
                with self._opener.open(request, timeout=self._seconds) as answer:
                    return self._read(answer, file, until)
            except urllib.error.HTTPError as error:
                with error:
                    url = urljoin(url, self._onward(error))
                if not self._ours(url):  # the token goes nowhere else, and no login page is the file
                    raise _NotTheFile from error
            except (OSError, HTTPException, ValueError) as error:
                raise _lost() from error
        raise _NotTheFile

    def _onward(self, error: urllib.error.HTTPError) -> str:
        """Where an answer that is not the file sends us; raises what it means where it sends us nowhere."""
        if error.code in (301, 302, 303, 307, 308) and error.headers.get("Location"):
            return str(error.headers["Location"])
        if error.code == 429:
            wait = _seconds(error.headers.get("Retry-After"))
            raise NotFetched("Slack asks us to slow down.", again=True, wait=wait) from error
        if error.code >= 500:
            raise NotFetched(f"Slack had a fault of its own ({error.code}).", again=True) from error
        raise _NotTheFile from error

    def _read(self, answer: Any, file: SharedFile, until: float) -> bytes:
        kind = answer.headers.get_content_type()
        limit, found = self._limit_of(file), bytearray()
        while chunk := answer.read(_CHUNK):
            found += chunk
            if len(found) > limit:
                raise _too_large(limit)
            if self._clock() > until:
                raise NotFetched("It came too slowly.", again=True)
        if _is_page(kind, bytes(found[:200]), file) and not _may_be_page(file, len(found)):
            raise _NotTheFile
        length = answer.headers.get("Content-Length")
        if length and length.isdigit() and int(length) > len(found):
            raise _lost()
        return bytes(found)

    def _ours(self, url: str) -> bool:
        """Whether an address is of the host of the Web API, or of one below it; never less safe than that."""
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError:
            return False
        if parts.scheme != "https" and not (self._plain and parts.scheme == "http"):
            return False
        return host == self._host or (host.endswith(f".{self._host}") and not _is_address(self._host))


class _NotTheFile(Exception):
    """What Slack served is not the file."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Redirects are followed by hand: the token must not leave Slack's hosts."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> None:
        return None


def _is_page(kind: str, beginning: bytes, file: SharedFile) -> bool:
    if kind in ("text/html", "application/xhtml+xml"):
        return True
    text = file.media_type.startswith("text/")
    return not text and beginning.lstrip().lower().startswith((b"<!doctype html", b"<html"))


def _may_be_page(file: SharedFile, length: int) -> bool:
    """Whether a web page is what was shared: Slack said so, and how long it is."""
    return "html" in file.media_type and (not file.size or file.size == length)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _too_large(limit: int) -> NotFetched:
    return NotFetched(f"It is larger than {limit // (1024 * 1024)} MB.", left=True)


def _lost() -> NotFetched:
    return NotFetched("Slack could not be reached, or the file broke off.", again=True)


def _seconds(said: str | None) -> float:
    return float(said) if said and said.isdigit() else 0.0
