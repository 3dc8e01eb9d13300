"""The words of a finished letter, whatever it was saved as: text, HTML, Word or a mail."""

import io
import re
import zipfile
from email import message_from_bytes
from email.policy import default

from docx import Document
from inscriptis import get_text  # type: ignore[import-untyped]

from putright.cases.errors import Refused


def text_of(raw: bytes) -> str:
    """Raises Refused for a file that is none of these."""
    if raw.startswith(b"PK"):
        try:
            return "\n".join(x.text for x in Document(io.BytesIO(raw)).paragraphs)
        except (KeyError, ValueError, zipfile.BadZipFile) as error:
            raise Refused(
                "This is no Word file that can be read: save the letter as .docx or as text, and check that."
            ) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    if "\x00" in text or raw.startswith((b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise Refused(
            "This is no text, HTML or Word file (.docx): save the letter as one of these, and check that."
        )
    if re.match(r"(?:[A-Za-z-]+: .*\n){2,}", text.replace("\r\n", "\n")) and "MIME-Version:" in text:
        body = message_from_bytes(raw, policy=default).get_body(("plain", "html"))
        text = str(body.get_content()) if body else ""
    if "<p" in text.casefold() or "<html" in text.casefold():
        return str(get_text(text))
    return text
