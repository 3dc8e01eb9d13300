"""Outlook's .msg files as the mails they stand for: read with python-oxmsg, written as MIME."""

import base64
import io
from email.utils import format_datetime

from olefile import OleFileIO  # type: ignore[import-untyped]
from oxmsg.domain import constants as pids
from oxmsg.properties import Properties
from oxmsg.storage import Storage

from putright.mailbox import limits

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What an OLE compound file begins with, and .msg is one."""
_OUTER, _EMBEDDED, _OF_ATTACHMENT = 32, 24, 8
"""How long the head of a properties stream is (MS-OXMSG, section 2.4.1)."""
_MAIL_INSIDE = "__substg1.0_3701000D"
_RICH_TEXT = "__substg1.0_10090102"
_REPRESENTED_SMTP, _MESSAGE_ID, _DISPLAY_TO, _REPLY_TO_ID = 0x5D02, 0x1035, 0x0E04, 0x1042
_BOUNDARY = "=_putright_outlook_file_{}"
_DEPTH = 3


class NoOutlookMail(Exception):
    """The file is an OLE compound file, yet no mail can be read from it."""


def as_mail(raw: bytes) -> bytes:
    """The mail in a .msg file as MIME: its transport headers first, MAPI properties where they are missing."""
    try:
        with OleFileIO(io.BytesIO(raw)) as file:
            storage = Storage.from_ole(file)
        return _mail(storage, _OUTER, 0)
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:  # both libraries raise many kinds on broken files
        raise NoOutlookMail(type(error).__name__) from error


def _mail(storage: Storage, head: int, depth: int) -> bytes:
    properties = Properties(storage, properties_header_offset=head)
    fields, parts = _fields(properties), _texts(properties)
    if not fields and not parts:
        raise NoOutlookMail("no mail in it")
    if not parts and any(stream.name == _RICH_TEXT for stream in storage.streams):
        parts = [_part("text/plain; charset=utf-8", b"")]
    for attachment in list(storage.iter_attachment_storages())[: limits.PARTS]:
        parts += _attached(attachment, depth)
    boundary = _BOUNDARY.format(depth)
    body = b"".join(b"--" + boundary.encode() + b"\n" + part for part in parts)
    kind = f'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="{boundary}"\n\n'
    lines = "".join(f"{name}: {value}\n" for name, value in fields)
    return (lines + kind).encode("utf-8", "replace") + body + f"--{boundary}--\n".encode()


def _fields(properties: Properties) -> list[tuple[str, str]]:
    fields = _transport_headers(_text(properties, pids.PID_TRANSPORT_MESSAGE_HEADERS))
    known = {name.lower() for name, _ in fields}
    date = _date(properties)
    for name, value in (
        ("From", _sender(properties)),
        ("To", _text(properties, _DISPLAY_TO)),
        ("Date", date),
        ("Subject", _text(properties, pids.PID_SUBJECT)),
        ("Message-ID", _text(properties, _MESSAGE_ID)),
        ("In-Reply-To", _text(properties, _REPLY_TO_ID)),
    ):
        if value and name.lower() not in known:
            fields.append((name, " ".join(value.split())))
    return fields


def _transport_headers(text: str) -> list[tuple[str, str]]:
    """The headers the mail came with, unfolded, without those that say how its parts were encoded."""
    fields: list[tuple[str, str]] = []
    for line in text[: limits.HEADER_BLOCK_BYTES].splitlines():
        name, colon, value = line.partition(":")
        if line[:1] in " \t" and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}")
        elif colon and name.strip() and " " not in name:
            fields.append((name, value.strip()))
    return [field for field in fields if not field[0].lower().startswith(("content-", "mime-version"))]


def _sender(properties: Properties) -> str:
    name = _text(properties, pids.PID_SENT_REPRESENTING_NAME) or _text(properties, pids.PID_SENDER_NAME)
    for pid in (_REPRESENTED_SMTP, pids.PID_SENDER_SMTP_ADDRESS, pids.PID_SENDER_EMAIL_ADDRESS):
        address = _text(properties, pid)
        if "@" in address:  # colleagues on one Exchange server have an X.500 name instead
            return f'"{name}" <{address}>' if name else address
    return name


def _date(properties: Properties) -> str:
    try:
        sent = properties.date_prop_value(pids.PID_CLIENT_SUBMIT_TIME)
        return format_datetime(sent) if sent else ""
    except Exception:  # a date beyond the calendar, a property of another type
        return ""


def _texts(properties: Properties) -> list[bytes]:
    versions = []
    if plain := _text(properties, pids.PID_BODY):
        versions.append(_part("text/plain; charset=utf-8", plain.encode("utf-8", "replace")))
    data, charset = _bytes(properties, pids.PID_HTML), ""
    if not data:
        data, charset = _text(properties, pids.PID_BODY_HTML).encode("utf-8", "replace"), "utf-8"
    if data:
        charset = charset or _body_charset(properties)
        versions.append(_part(f"text/html; charset={charset}", data))
    if len(versions) < 2:
        return versions
    boundary = b"=_putright_versions"
    inner = b"".join(b"--" + boundary + b"\n" + version for version in versions) + b"--" + boundary + b"--\n"
    return [b'Content-Type: multipart/alternative; boundary="' + boundary + b'"\n\n' + inner]


def _body_charset(properties: Properties) -> str:
    try:
        return properties.body_encoding
    except Exception:  # a code page Python does not know
        return "utf-8"


def _attached(storage: Storage, depth: int) -> list[bytes]:
    properties = Properties(storage, properties_header_offset=_OF_ATTACHMENT)
    inside = next((one for one in storage.storages if one.name == _MAIL_INSIDE), None)
    if inside is not None:
        if depth >= _DEPTH:
            return []
        try:
            return [b"Content-Type: message/rfc822\n\n" + _mail(inside, _EMBEDDED, depth + 1) + b"\n"]
        except Exception:  # one attachment is not the mail
            return []
    data = _bytes(properties, pids.PID_ATTACH_DATA_BINARY)
    if not data:
        return []
    name = (
        _text(properties, pids.PID_ATTACH_LONG_FILENAME)
        .replace('"', "'")
        .replace("\n", " ")
        .replace("\r", " ")
    )
    kind = _text(properties, pids.PID_ATTACH_MIME_TAG).split(";")[0].strip() or "application/octet-stream"
    disposition = "\nContent-Disposition: attachment" + (f'; filename="{name}"' if name else "")
    return [_part(" ".join(kind.split()) + disposition, data)]


def _part(kind: str, data: bytes) -> bytes:
    head = f"Content-Type: {kind}\nContent-Transfer-Encoding: base64\n\n"
    return head.encode("utf-8", "replace") + base64.encodebytes(data)


def _text(properties: Properties, pid: int) -> str:
    try:
        return (properties.str_prop_value(pid) or "").replace("\0", "")
    except Exception:  # a stream that is missing or in another encoding
        return ""


def _bytes(properties: Properties, pid: int) -> bytes:
    try:
        return properties.binary_prop_value(pid) or b""
    except Exception:
        return b""
