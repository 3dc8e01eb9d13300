"""The MIME tree of a mail, walked once: its readable text, its attachments, and mails attached to it."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message as MimePart
from email.policy import compat32
from itertools import islice

from putright.cases.message import Attachment
from putright.mailbox import charsets, headers, limits, outlook_file, text
from putright.mailbox.runs import Runs, decoded

_STUB = 0.2  # a plain part this much shorter than the HTML beside it is a stub (email.md, section 3)
_MESSAGE_TYPE = re.compile(rb"(^content-type:[ \t\r\n]{0,10})message/", re.IGNORECASE | re.MULTILINE)
_HIDDEN_TYPE = re.compile(rb"(^content-type:[ \t\r\n]{0,10})xessage/", re.IGNORECASE | re.MULTILINE)
_LONG_BODY = 1024 * 1024
_ENDLESS = 256 * 1024
_AS_IT_STANDS = ("", "7bit", "8bit", "binary")
_MAIL_TYPES = ("message/rfc822", "message/global", "message/news")
_OUTLOOK = "application/vnd.ms-outlook"
_TNEF = ("application/ms-tnef", "application/vnd.ms-tnef")
_AS_SENT = compat32.clone(mangle_from_=False)


@dataclass(slots=True)
class Contents:
    """What one mail carries, not counting what the mails attached to it carry."""

    text: str = ""
    attachments: list[Attachment] = field(default_factory=list)
    mails: list[bytes] = field(default_factory=list)
    """Each attached mail as bytes (`message/rfc822`, or a file named *.eml)."""
    notes: list[str] = field(default_factory=list)
    html: str = ""
    """The first HTML part as it was sent, for forms laid out in tables."""


Keep = Callable[[bytes], None]
"""Is given each attachment's bytes, whole."""


def read(mail: headers.Mail, keep: Keep | None = None) -> Contents:
    """The contents of a mail; what cannot be read is left out with a note, and nothing is raised."""
    contents = Contents()
    try:
        runs = Runs(mail.body)
        body, cut = _bounded(runs.short)
        if cut:
            contents.notes.append("The mail has too many lines; only the first ones were read.")
        tree = message_from_bytes(_hidden(b"\n\n".join((mail.head, body))))
        walk = _Walk(contents, runs, keep)
        contents.text = walk.text_of(tree, 0)
    except RecursionError:
        contents.notes.append("The mail's parts are nested too deep, so its text was read as it stands.")
        contents.text = text.tidy(charsets.decode(mail.body[: limits.TEXT_CHARACTERS])[0])
    contents.notes = list(dict.fromkeys(contents.notes))
    return contents


class _Walk:
    def __init__(self, contents: Contents, runs: Runs, keep: Keep | None) -> None:
        self._keep = keep
        self._contents = contents
        self._runs = runs
        self._parts = 0
        self._text_left = limits.TEXT_CHARACTERS

    def text_of(self, part: MimePart, depth: int) -> str:
        """The readable text of a part and all below it; attachments are put aside on the way."""
        self._parts += 1
        if self._parts > limits.PARTS:
            self._note("The mail has too many parts; the last ones were left out.")
            return ""
        if depth > limits.MIME_DEPTH and _holds_parts(part):
            self._note("The mail's parts are nested too deep, so its text was read as it stands.")
            return "\n\n".join(one for one in (self.text_of(x, depth) for x in _leaves(part)) if one.strip())
        try:
            return self._text_of(part, depth)
        except RecursionError:
            raise
        except Exception:  # the standard library raises many kinds on broken parts; one part is not the mail
            self._note("A part of the mail could not be read and was left out.")
            return ""

    def _text_of(self, part: MimePart, depth: int) -> str:
        _cap_fields(part)
        kind = part.get_content_type().replace("xessage/", "message/").encode("ascii", "replace").decode()
        payload = part.get_payload()
        if kind in _MAIL_TYPES:
            self._mail(part)
            return ""
        if any(type(defect).__name__ == "CloseBoundaryNotFoundDefect" for defect in part.defects):
            self._note("The mail is cut off, so its last part may not be whole.")
        if isinstance(payload, list):
            children = [child for child in payload if isinstance(child, MimePart)]
            if kind == "multipart/alternative":
                return self._best(
                    [(child.get_content_type(), self.text_of(child, depth + 1)) for child in children]
                )
            texts = [self.text_of(child, depth + 1) for child in children]
            return "\n\n".join(one for one in texts if one.strip())
        name = _file_name(part)
        if (
            kind in ("text/plain", "text/html")
            and not name
            and part.get_content_disposition() != "attachment"
        ):
            return self._readable(part, kind)
        if kind.startswith("multipart/"):  # a multipart whose boundary never comes: read what stands there
            self._note(
                "The mail's parts are not marked off as its headers say, so its text was read as it stands."
            )
            return self._readable(part, "text/plain")
        self._attach(part, kind, name)
        return ""

    def _readable(self, part: MimePart, kind: str) -> str:
        data = self._payload(part)
        if len(data) > self._text_left:
            data = data[: self._text_left]
            self._note("The text was too long; only its beginning was read.")
        self._text_left -= len(data)
        decoded, note = charsets.decode(data, _parameter(part, "charset"))
        if note:
            self._note(note)
        if kind == "text/html":
            self._contents.html = self._contents.html or decoded
            return text.from_html(decoded)
        decoded = text.tidy(decoded)
        if _parameter(part, "format").lower() == "flowed":
            return text.unflow(decoded, delete_space=_parameter(part, "delsp").lower() == "yes")
        return decoded

    def _best(self, versions: list[tuple[str, str]]) -> str:
        """Of the versions of one text the plain one, unless it is empty or a stub beside the richest."""
        plain = next((one for kind, one in versions if kind == "text/plain"), "")
        richest = max((one for _, one in versions), key=lambda one: len(one.strip()), default="")
        return plain if len(plain.strip()) > _STUB * len(richest.strip()) else richest

    def _attach(self, part: MimePart, kind: str, name: str) -> None:
        data = self._payload(part)
        self._attached(name, kind, data)
        if name.lower().endswith(".eml"):
            self._contents.mails.append(data)
        elif data.startswith(outlook_file.SIGNATURE) and (name.lower().endswith(".msg") or kind == _OUTLOOK):
            try:
                self._contents.mails.append(outlook_file.as_mail(data))
            except outlook_file.NoOutlookMail:
                self._note("An attached Outlook file could not be read; it is kept as it came.")
        elif kind in _TNEF or name.lower() == "winmail.dat":
            self._note("The mail holds a winmail.dat, which only Outlook can open; it is kept as it came.")

    def _mail(self, part: MimePart) -> None:
        payload = part.get_payload()
        if isinstance(payload, list):  # in a multipart/digest nothing says that it is a mail
            inner = payload[0] if payload else None
            data = inner.as_bytes(policy=_AS_SENT) if isinstance(inner, MimePart) else b""
        else:
            data = self._payload(part)
        self._attached(_file_name(part), "message/rfc822", data)
        self._contents.mails.append(data)

    def _attached(self, name: str, kind: str, data: bytes) -> None:
        self._contents.attachments.append(_attachment(name, kind, data))
        if self._keep:
            self._keep(data)

    def _payload(self, part: MimePart) -> bytes:
        """What the part carries, decoded."""
        payload = part.get_payload()
        if isinstance(payload, str) and self._runs.in_text(payload):
            data = self._runs.restored(payload)
            encoding = str(part.get("content-transfer-encoding", "")).strip().lower()
            if encoding == "base64":
                return decoded(data)
            if encoding in _AS_IT_STANDS:
                return _restored(data)
            part.set_payload(data.decode("ascii", "surrogateescape"))
        decoded_payload = part.get_payload(decode=True)
        return _restored(decoded_payload) if isinstance(decoded_payload, bytes) else b""

    def _note(self, note: str) -> None:
        self._contents.notes.append(note)


def _holds_parts(part: MimePart) -> bool:
    return part.is_multipart() and part.get_content_maintype() == "multipart"


def _leaves(part: MimePart) -> Iterator[MimePart]:
    """The parts below one that hold no others, in their order; without recursion."""
    waiting = [part]
    while waiting:
        payload = waiting[-1].get_payload()
        if isinstance(payload, list) and _holds_parts(waiting[-1]):
            waiting[-1:] = [child for child in reversed(payload) if isinstance(child, MimePart)]
        else:
            yield waiting.pop()


def _bounded(body: bytes) -> tuple[bytes, bool]:
    """The body with its endless lines broken, and without the last lines of very many; whether that was so.

    The standard library takes sixteen times the size of an endless line, and fifty bytes for each line.
    """
    if len(body) <= _LONG_BODY:
        return body, False
    many = body.count(b"\n") > limits.LINES
    if many:
        end = next(islice(re.finditer(rb"\n", body), limits.LINES, None)).start()
        body = body[:end]
    return _with_shorter_lines(body), many


def _with_shorter_lines(body: bytes) -> bytes:
    pieces: list[bytes] = []
    start = at = 0
    while at + _ENDLESS < len(body):
        newline = body.rfind(b"\n", at, at + _ENDLESS)
        if newline >= 0:
            at = newline + 1
        else:
            at += _ENDLESS
            pieces.append(body[start:at])
            start = at
    return b"\n".join([*pieces, body[start:]]) if pieces else body


def _hidden(data: bytes) -> bytes:
    """Attached mails' types in disguise: the standard library would parse these, without limit, and lose bytes."""
    return _MESSAGE_TYPE.sub(rb"\1xessage/", data) if _MESSAGE_TYPE.search(data) else data


def _restored(data: bytes) -> bytes:
    return _HIDDEN_TYPE.sub(rb"\1message/", data) if b"xessage/" in data else data


def _cap_fields(part: MimePart) -> None:
    """Cut a part's header fields: its parameters are parsed by the standard library, slowly when there are many."""
    for name, value in part.raw_items():
        if len(str(value)) > limits.HEADER_FIELD_BYTES:
            part.replace_header(name, str(value)[: limits.HEADER_FIELD_BYTES // 8])


def _parameter(part: MimePart, name: str) -> str:
    value = part.get_param(name, "")
    return str(value[2]) if isinstance(value, tuple) else str(value)


def _file_name(part: MimePart) -> str:
    name = part.get_filename("") or ""
    return headers.decode(name.encode("utf-8", "surrogateescape"))[:255]


def _attachment(name: str, kind: str, data: bytes) -> Attachment:
    return Attachment(name=name, media_type=kind, size=len(data), sha256=hashlib.sha256(data).hexdigest())
