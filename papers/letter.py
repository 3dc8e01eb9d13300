"""Letters as drafts for people to send: from facts through a template to text, HTML, Word or a mail.

The program never sends one. A landlord's own template of the same name wins over ours.
"""

import html
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    StrictUndefined,
)
from jinja2.sandbox import SandboxedEnvironment

from putright.cases.errors import Refused
from putright.cases.letters.days import MONTHS
from putright.cases.letters.facts import Facts, Kind

TEMPLATES = Path(__file__).with_name("letters")
LARGE_PRINT_POINTS = 18
"""The size in points that "large print" means (RNIB's Clear Print advice: 16 to 18)."""
ORDINARY_POINTS = 12


def day(when: date) -> str:
    """A date as a letter gives it: `7 December 2026`."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def sentence(words: str) -> str:
    """What was recorded, with the full stop that it may lack."""
    return words if words.endswith((".", "!", "?", "]", "…")) else f"{words}."


def text(kind: Kind, facts: Facts, own: Path | None = None) -> str:
    """The draft as plain text; what is not known stands in square brackets.

    `own` is a folder with templates of the landlord's (`stage-1.txt.j2`, …). Raises Refused when one is faulty.
    """
    folders: Sequence[Path] = [x for x in (own, TEMPLATES) if x is not None]
    environment = SandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(x) for x in folders]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # plain text; the HTML form escapes the whole
    )
    environment.globals["day"] = day
    environment.filters["sentence"] = sentence
    try:
        written = environment.get_template(f"{kind.value}.txt.j2").render(facts=facts)
    except Exception as error:  # a landlord's template may do anything
        line = getattr(error, "lineno", None)
        where = f" at line {line}" if line else ""
        raise Refused(
            f"The template {kind.value}.txt.j2 is faulty{where}: {error}. Mend it, or take it out of the folder to use "
            "ours."
        ) from error
    return _tidy(written)


def _tidy(written: str) -> str:
    """At most one empty line at a time, no blanks at line ends."""
    lines: list[str] = []
    for line in written.splitlines():
        line = line.rstrip()
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip() + "\n"


def as_html(written: str, facts: Facts) -> str:
    """The draft as one HTML page."""
    size = LARGE_PRINT_POINTS if facts.large_print else ORDINARY_POINTS
    body = "\n".join(
        f"<p>{'<br>'.join(html.escape(line) for line in part.splitlines())}</p>"
        for part in written.strip().split("\n\n")
    )
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head><meta charset="utf-8">'
        f"<title>{html.escape(facts.reference)}</title>\n"
        f"<style>body {{ font: {size}pt/1.5 Arial, sans-serif; max-width: 42em; margin: 2em auto; }}</style></head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def as_docx(written: str, facts: Facts) -> bytes:
    """The draft as a Word file."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document: Any = Document()
    style = document.styles["Normal"]
    style.font.name = "Arial"
    style.font.size = Pt(LARGE_PRINT_POINTS if facts.large_print else ORDINARY_POINTS)
    document.core_properties.title = facts.reference
    document.core_properties.author = facts.landlord
    document.core_properties.comments = ""
    document.core_properties.language = "en-GB"
    document.core_properties.created = document.core_properties.modified = datetime.combine(
        facts.written, time(tzinfo=UTC)
    )
    for language in document.styles.element.xpath("w:docDefaults//w:lang"):
        language.set(qn("w:val"), "en-GB")  # what Word checks the spelling by
    for part in written.strip().split("\n\n"):
        paragraph = document.add_paragraph()
        for number, line in enumerate(part.splitlines()):
            if number:
                paragraph.add_run().add_break()
            paragraph.add_run(line)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def as_eml(kind: Kind, written: str, facts: Facts, *, to: str, reply_to: str, written_at: Any) -> bytes:
    """The draft as a mail to open and send: our reference in the subject, answers go to the inbox (RFC 5322).

    `X-Unsent` makes mail programs open it as a draft.
    """
    mail = EmailMessage()
    about = "What you told us:" if kind in _OF_NO_COMPLAINT else "Your complaint"
    mail["Subject"] = f"{about} {facts.reference}"
    mail["Date"] = format_datetime(written_at)
    if to:
        mail["To"] = to
    if reply_to:
        mail["Reply-To"] = reply_to
        mail["From"] = reply_to
    mail["X-Unsent"] = "1"
    mail.set_content(written)
    mail.add_alternative(as_html(written, facts), subtype="html")
    return mail.as_bytes()


_OF_NO_COMPLAINT = (Kind.REFUSAL, Kind.PUBLIC_REPLY, Kind.SIGNPOST)
