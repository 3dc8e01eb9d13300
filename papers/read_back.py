"""The words of a finished letter, whatever it was saved as: text, HTML or Word."""

import io
import zipfile

from docx import Document
from inscriptis import get_text  # type: ignore[import-untyped]

from putright.cases.errors import Refused


def text_of(raw: bytes) -> str:
    """Raises Refused for a file that is none of the three."""
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
    if "<p" in text.casefold() or "<html" in text.casefold():
        return str(get_text(text))
    return text
