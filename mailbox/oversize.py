"""Mail too big to take whole: its headers and its text are fetched, its attachments stay on the server."""

from typing import Any

from imapclient import IMAPClient  # type: ignore[import-untyped]

from putright.mailbox import headers, limits

_OWN_TO_PART = ("content-type", "content-transfer-encoding", "content-disposition")


def fetch(client: IMAPClient, uid: int, size: int) -> bytes:
    """Headers and the first text part of a mail as a mail of its own; empty when the server hands out nothing."""
    answer = client.fetch([uid], ["BODY.PEEK[HEADER]", "BODYSTRUCTURE"]).get(uid, {})
    head = answer.get(b"BODY[HEADER]")
    if not head:
        return b""
    structure = answer.get(b"BODYSTRUCTURE")
    section = _text_section(structure, "") if structure is not None else None
    part_head = text = b""
    if section:
        first = f"BODY.PEEK[{section}]<0.{limits.TEXT_CHARACTERS}>"
        wanted = [first] if section == "TEXT" else [first, f"BODY.PEEK[{section}.MIME]"]
        parts = client.fetch([uid], wanted).get(uid, {})
        text = parts.get(f"BODY[{section}]<0>".encode()) or b""
        part_head = parts.get(f"BODY[{section}.MIME]".encode()) or b""
    own = head if section == "TEXT" else _without(head, _OWN_TO_PART)
    lines = [
        f"{limits.LEFT_BEHIND}: {size}".encode(),
        *(block.strip(b"\r\n") for block in (own, part_head) if block.strip()),
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n" + text


def _text_section(structure: Any, path: str) -> str | None:
    """The section number of the first plain text part, or else the first HTML one (RFC 3501, section 6.4.5)."""
    if not structure.is_multipart:
        return "TEXT" if _is_text(structure) else None
    found: dict[bytes, str] = {}
    _collect(structure, path, found)
    return found.get(b"plain") or found.get(b"html")


def _collect(structure: Any, path: str, found: dict[bytes, str]) -> None:
    for number, part in enumerate(structure[0], 1):
        section = f"{path}.{number}" if path else str(number)
        if part.is_multipart:
            _collect(part, section, found)
        elif _is_text(part):
            found.setdefault(bytes(part[1]).lower(), section)


def _is_text(part: Any) -> bool:
    return bytes(part[0]).lower() == b"text"


def _without(head: bytes, names: tuple[str, ...]) -> bytes:
    return b"\r\n".join(
        name.encode() + b": " + value for name, value in headers.split(head).fields if name not in names
    )
