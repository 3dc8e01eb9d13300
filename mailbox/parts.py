"""The MIME tree of a mail, walked once: its readable text, its attachments, and mails attached to it."""

import base64
import hashlib
import re
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message as MimePart
from email.policy import compat32

from putright.cases.message import Attachment
from putright.mailbox import charsets, headers, limits, outlook_file, text

_STUB = 0.2  # a plain part this much shorter than the HTML beside it is a stub (email.md, section 3)
_NO_BASE64 = re.compile("[^A-Za-z0-9+/]")
_LONG_BODY = 1024 * 1024
_ENDLESS = re.compile(rb"[^\n]{262144}")
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


def read(mail: headers.Mail) -> Contents:
    """The contents of a mail; what cannot be read is left out with a note, and nothing is raised."""
    contents = Contents()
    try:
        tree = message_from_bytes(mail.head + b"\n\n" + _with_shorter_lines(mail.body))
        walk = _Walk(contents)
        contents.text = walk.text_of(tree, 0)
    except RecursionError:
        contents.notes.append("The mail's parts are nested too deep, so its text was read as it stands.")
        contents.text = text.tidy(charsets.decode(mail.body[: limits.TEXT_CHARACTERS])[0])
    contents.notes = list(dict.fromkeys(contents.notes))
    return contents


class _Walk:
    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._parts = 0
        self._text_left = limits.TEXT_CHARACTERS

    def text_of(self, part: MimePart, depth: int) -> str:
        """The readable text of a part and all below it; attachments are put aside on the way."""
        self._parts += 1
        if self._parts > limits.PARTS or depth > limits.MIME_DEPTH:
            self._note("The mail has too many parts; the last ones were left out.")
            return ""
        try:
            return self._text_of(part, depth)
        except RecursionError:
            raise
        except Exception:  # the standard library raises many kinds on broken parts; one part is not the mail
            self._note("A part of the mail could not be read and was left out.")
            return ""

    def _text_of(self, part: MimePart, depth: int) -> str:
        _cap_fields(part)
        kind = part.get_content_type()
        payload = part.get_payload()
        if kind == "message/rfc822" or (kind == "message/global" and isinstance(payload, list)):
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
        data = _payload(part)
        if len(data) > self._text_left:
            data = data[: self._text_left]
            self._note("The text was too long; only its beginning was read.")
        self._text_left -= len(data)
        decoded, note = charsets.decode(data, _parameter(part, "charset"))
        if note:
            self._note(note)
        if kind == "text/html":
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
        data = _payload(part)
        self._contents.attachments.append(_attachment(name, kind, data))
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
        inner = payload[0] if isinstance(payload, list) and payload else None
        if not isinstance(inner, MimePart):
            data = _payload(part)
        elif not inner.keys() and str(part.get("content-transfer-encoding", "")).strip().lower() == "base64":
            # The standard library parses the base64 itself as a mail and finds no header in it.
            data = base64.b64decode(str(inner.get_payload()), validate=False)
        else:
            data = inner.as_bytes(policy=_AS_SENT)
        self._contents.attachments.append(_attachment(_file_name(part), "message/rfc822", data))
        self._contents.mails.append(data)

    def _note(self, note: str) -> None:
        self._contents.notes.append(note)


def _with_shorter_lines(body: bytes) -> bytes:
    """The body with its endless lines broken: the standard library takes sixteen times the size of one."""
    return _ENDLESS.sub(rb"\g<0>\n", body) if len(body) > _LONG_BODY else body


def _cap_fields(part: MimePart) -> None:
    """Cut a part's header fields: its parameters are parsed by the standard library, slowly when there are many."""
    for name, value in part.raw_items():
        if len(str(value)) > limits.HEADER_FIELD_BYTES:
            part.replace_header(name, str(value)[: limits.HEADER_FIELD_BYTES // 8])


def _payload(part: MimePart) -> bytes:
    payload = part.get_payload()
    encoding = str(part.get("content-transfer-encoding", "")).strip().lower()
    if encoding == "base64" and isinstance(payload, str) and len(payload) > _LONG_BODY:
        return _decoded(payload)
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _decoded(text: str) -> bytes:
    """Base64 decoded piece by piece: the standard library makes five copies of it."""
    pieces: list[bytes] = []
    rest = ""
    for start in range(0, len(text), _LONG_BODY):
        kept = rest + _NO_BASE64.sub("", text[start : start + _LONG_BODY])
        whole = len(kept) // 4 * 4
        rest = kept[whole:]
        pieces.append(base64.b64decode(kept[:whole]))
    pieces.append(base64.b64decode(rest + "=" * (-len(rest) % 4)) if len(rest) > 1 else b"")
    return b"".join(pieces)


def _parameter(part: MimePart, name: str) -> str:
    value = part.get_param(name, "")
    return str(value[2]) if isinstance(value, tuple) else str(value)


def _file_name(part: MimePart) -> str:
    name = part.get_filename("") or ""
    return headers.decode(name.encode("utf-8", "surrogateescape"))[:255]


def _attachment(name: str, kind: str, data: bytes) -> Attachment:
    return Attachment(name=name, media_type=kind, size=len(data), sha256=hashlib.sha256(data).hexdigest())
