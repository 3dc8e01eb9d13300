"""Files that people share: what Slack tells of one, files.info, and the address that serves it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from aiohttp import web

from tests.slack_fake.faults import Fault
from tests.slack_fake.workspace import Json, RefusedError, Workspace

LOGIN_PAGE = b"<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in</body></html>"
DOWNLOAD = "files.download"
"""The name under which downloads are recorded and faults are ordered: no method of the Web API."""


@dataclass
class SharedFile:
    """A file in the workspace. `mode` is Slack's word for how it is held (`hosted`, `snippet`, `external`,
    `tombstone`, `hidden_by_limit`, ...); with `id_alone` events tell its id and no more (Slack Connect).
    """

    id: str
    name: str = "photo.jpg"
    data: bytes = b"\xff\xd8\xff photo"
    mimetype: str = "image/jpeg"
    mode: str = "hosted"
    id_alone: bool = False
    url: str = ""
    """Where it is said to be; empty for the fake itself."""
    size: int | None = None
    """What Slack says of its size; None for the truth."""

    def json(self, files_url: str) -> Json:
        about: Json = {"id": self.id, "created": 1_700_000_000, "timestamp": 1_700_000_000, "mode": self.mode}
        if self.mode in ("tombstone", "hidden_by_limit"):
            return about
        url = self.url or f"{files_url}T0LANDLORD-{self.id}/download/{quote(self.name)}"
        return {
            **about,
            "name": self.name,
            "title": self.name,
            "mimetype": self.mimetype,
            "filetype": self.name.rpartition(".")[2],
            "size": len(self.data) if self.size is None else self.size,
            "is_external": self.mode == "external",
            "url_private": url.replace("/download/", "/"),
            "url_private_download": url,
        }

    def told(self, files_url: str) -> Json:
        """What an event tells of it."""
        if self.id_alone:
            return {"id": self.id, "mode": "file_access", "file_access": "check_file_info"}
        return self.json(files_url)


def info(ws: Workspace, args: Json) -> Json:
    file = ws.files.get(args["file"])
    if file is None:
        raise RefusedError("file_not_found")
    if file.mode == "tombstone":
        raise RefusedError("file_deleted")
    about = file.json(ws.files_url)
    return {"ok": True, "file": about, "comments": [], "response_metadata": {"next_cursor": ""}}


async def served(
    request: web.Request,
    ws: Workspace,
    fault: Fault | None,
    allowed: bool,
    record: Callable[[Json, Json], Any],
) -> web.StreamResponse:
    """A download. Without a good token or the scope Slack serves a page to sign in, and calls that 200."""
    file = ws.files.get(request.match_info["file"].partition("-")[2])
    token = request.headers.get("Authorization", "")
    args: Json = {"file": file.id if file else "", "token": bool(token)}
    if fault is not None and fault.redirect:
        record(args, {"ok": False, "error": "redirected"})
        return web.Response(status=302, headers={"Location": fault.redirect})
    if fault is not None and fault.error:
        record(args, {"ok": False, "error": fault.error})
        headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
        return web.Response(status=fault.status if fault.status != 200 else 500, headers=headers)
    if not allowed or file is None or file.mode == "tombstone":
        record(args, {"ok": False, "error": "login_page"})
        return web.Response(body=LOGIN_PAGE, content_type="text/html")
    record(args, {"ok": True})
    if fault is not None and fault.lose_answer:
        broken = web.StreamResponse(headers={"Content-Length": str(len(file.data) + 1)})
        await broken.prepare(request)
        await broken.write(file.data[:10])
        if request.transport is not None:
            request.transport.abort()
        return broken
    if fault is not None and fault.silent:
        await asyncio.sleep(fault.silent)
    return web.Response(body=file.data, content_type=file.mimetype or "application/octet-stream")
