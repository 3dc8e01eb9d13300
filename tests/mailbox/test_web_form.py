"""Mails of web forms: the shapes they come in, and that nothing of what the resident wrote is lost."""

import time
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from putright.cases.labels import Channel
from putright.cases.message import Message, Person
from putright.mailbox.parse import parse
from putright.mailbox.web_form import plain, read
from putright.mailbox.web_form_labels import USUAL, Kind

ARRIVED = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
STAFF = frozenset({"harrowmere.example"})
SENDER = "forms@harrowmere.example"
JANE = Person("Jane Doe", "jane@example.org")
STORY = "The lift broke on Monday.\n\nNote: I rang twice.\nNobody came."
WISH = "Mend it, and say sorry."


def mail(plain_text: str = "", html: str = "", reply_to: str = "") -> bytes:
    message = EmailMessage()
    message["From"] = f"Harrowmere Web <{SENDER}>"
    message["To"] = "complaints@harrowmere.example"
    message["Date"] = "Mon, 23 Nov 2026 09:30:00 +0000"
    message["Subject"] = "New submission: Make a complaint"
    if reply_to:
        message["Reply-To"] = reply_to
    if plain_text or not html:
        message.set_content(plain_text)
    if html and plain_text:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    return message.as_bytes()


def formed(raw: bytes, own: dict[str, str] | None = None) -> Message:
    if own is None:
        return parse(raw, ARRIVED, STAFF, channels={SENDER: Channel.WEBFORM})
    return parse(raw, ARRIVED, STAFF, forms={SENDER: own})


COLONS = f"""A new complaint was submitted on the website.

Name: Jane Doe
Email address: jane@example.org
Telephone number: 07700 900123
Address: Flat 3
12 Ashdown House
HA1 2BC
What happened?: {STORY}
What would you like us to do to put it right?
{WISH}
How would you like us to contact you?: Phone

--
This e-mail was sent from a contact form on Harrowmere (https://harrowmere.example)
"""
BELOW = f"""Name
Jane Doe

Email
jane@example.org

Phone
07700 900123

Address
Flat 3
12 Ashdown House
HA1 2BC

Please tell us what happened
{STORY}

How can we put things right?
{WISH}

Preferred contact method
Phone

This email was sent from the form "Complaints".
"""
DASHED = f"""--- Name ---

Jane Doe

--- Email ---

jane@example.org

--- Phone ---

07700 900123

--- Address ---

Flat 3
12 Ashdown House
HA1 2BC

--- Message ---

{STORY}

--- Desired outcome ---

{WISH}

--- Preferred contact ---

Phone
"""
BREAKS = STORY.replace("\n", "<br>")
ROWS = [
    ("Your name", "Jane Doe"),
    ("Your e-mail", '<a href="mailto:jane@example.org">jane@example.org</a>'),
    ("Contact number", "07700 900123"),
    ("Home address", "Flat 3<br>12 Ashdown House<br>HA1 2BC"),
    ("What has gone wrong? *", BREAKS),
    ("Outcome sought (optional)", WISH),
    ("Preferred contact:", "Phone"),
]
TABLE = (
    "<html><body><table width=600><tr><td><h1>Complaint form</h1><table>"
    + "".join(f"<tr><td><strong>{label}</strong></td><td>{value}</td></tr>" for label, value in ROWS)
    + "</table></td></tr></table><p>Sent by the website.</p></body></html>"
)
STACKED = (
    "<table>"
    + "".join(
        f'<tr bgcolor="#EAF2FA"><td colspan="2"><font><strong>{label}</strong></font></td></tr>'
        f'<tr bgcolor="#FFFFFF"><td width="20">&nbsp;</td><td>{value}</td></tr>'
        for label, value in ROWS
    )
    + "</table>"
)
BOLD = "<div>" + "".join(f"<p><b>{label}</b><br>{value}</p>" for label, value in ROWS) + "</div>"
BOLD_COLONS = "".join(f"<p><b>{label.rstrip(':')}:</b> {value}</p>" for label, value in ROWS)
DEFINED = "<dl>" + "".join(f"<dt>{label}</dt>\n<dd>{value}</dd>" for label, value in ROWS) + "</dl>"
TABS = "\n".join(
    f"{label}\t{value}"
    for label, value in (
        *(("Name", "Jane Doe"), ("Email", "jane@example.org"), ("Tel", "07700 900123")),
        *(("Address", "Flat 3\n12 Ashdown House\nHA1 2BC"), ("Message", STORY), ("Outcome", WISH)),
        ("Preferred contact", "Phone"),
    )
)
STARS = COLONS.replace("Name:", "*Name:*").replace("Email address:", "*Email address:*")
PARTS = COLONS.replace("Name: Jane Doe", "First name: Jane\nSurname: Doe")

GLUED = "a definition list"
"""Its words run together in a plain reading, so they cannot be counted."""
SHAPES = {
    "label and value on a line": mail(COLONS),
    "labels in stars": mail(STARS),
    "first name and surname": mail(PARTS),
    "label above value": mail(BELOW),
    "labels between dashes": mail(DASHED),
    "tabs": mail(TABS),
    "a table in a table": mail(html=TABLE),
    "a table beside a plain text of it": mail("See the HTML version.", TABLE),
    "label rows above value rows": mail(html=STACKED),
    "bold labels above": mail(html=BOLD),
    "bold labels with colons": mail(html=BOLD_COLONS),
    GLUED: mail(html=DEFINED),
    "DOS line ends": mail(COLONS).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
}


def squeezed(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_the_same_fields(shape: str) -> None:
    message = formed(SHAPES[shape])
    held = {x.kind: x.value for x in message.fields}
    assert message.channel is Channel.WEBFORM and message.resident == JANE
    assert held[Kind.PHONE] == "07700 900123" and held[Kind.PREFERRED_CONTACT] == "Phone"
    assert held[Kind.ADDRESS].split("\n") == ["Flat 3", "12 Ashdown House", "HA1 2BC"]
    assert squeezed(held[Kind.WHAT_HAPPENED]) == squeezed(STORY)
    assert held[Kind.WHAT_WOULD_PUT_IT_RIGHT] == WISH
    assert squeezed(message.body) == squeezed(f"{STORY}\n{WISH}"), (
        "the classifier reads the resident's words alone"
    )
    (span,) = message.spans
    assert message.body[span.start : span.end] == message.body and span.kind == "words"
    assert message.notes == () and not message.machine_mail


@pytest.mark.parametrize("shape", SHAPES)
def test_no_word_of_a_form_is_lost(shape: str) -> None:
    raw = SHAPES[shape]
    whole = (
        parse(raw, ARRIVED, STAFF).body if shape not in ("a table beside a plain text of it", GLUED) else ""
    )
    message = formed(raw)
    kept = " ".join(f"{x.label} {x.value}" for x in message.fields)
    lost = set(plain(whole).split()) - set(plain(kept).split()) - {"please", "the", "optional"}
    assert not lost


def test_labels_of_one_s_own_are_named_in_the_settings() -> None:
    body = "Who are you: Jane Doe\nYour tale: The lift broke.\nTenancy: 123\nYour wish: Mend it.\nNever told: x\n"
    assert formed(mail(body)).notes[0].startswith("The form's fields were not recognised")
    own = {
        "Who are you?": "name",
        "YOUR TALE": "what_happened",
        "Your wish": "what_would_put_it_right",
        "Tenancy": "other",
    }
    message = formed(mail(body, reply_to="Jane <jane@example.org>"), own)
    assert message.body == "The lift broke.\n\nMend it.\nNever told: x"
    assert message.resident == JANE and message.channel is Channel.WEBFORM
    assert [(x.kind, x.value) for x in message.fields][2] == ("other", "123")


def test_an_own_label_wins_over_the_usual_one() -> None:
    message = formed(
        mail("Message: none\nName: Jane\nSubject: The lift broke.\n"),
        {"Message": "other", "Subject": "what_happened"},
    )
    assert message.body == "The lift broke."


def test_a_form_whose_fields_are_not_found_is_read_as_plain_text() -> None:
    message = formed(mail("Dear all,\n\nthe lift in Ashdown House broke.\n", reply_to="jane@example.org"))
    assert message.body.strip() == "Dear all,\n\nthe lift in Ashdown House broke."
    assert message.fields == () and message.resident.address == "jane@example.org"
    assert message.notes == (
        "The form's fields were not recognised, so the mail was read as plain text; [[web_form]] can name them.",
    )


def test_a_form_without_its_story_keeps_its_whole_text() -> None:
    message = formed(mail("Name: Jane Doe\nEmail: jane@example.org\n\nYour tale\n\nThe lift broke.\n"))
    assert "The lift broke." in message.body and "Name: Jane Doe" in message.body
    assert message.resident == JANE
    assert message.notes[0].startswith("The form does not show what happened, so its whole text counts;")


def test_a_layout_table_does_not_hide_the_story_in_the_text_beside_it() -> None:
    table = "<table><tr><td>Name</td><td>Jane Doe</td></tr><tr><td>Email</td><td>jane@example.org</td></tr></table>"
    assert formed(mail(COLONS, table)).body.startswith("The lift broke on Monday.")


def test_the_address_of_the_form_wins_over_an_empty_or_odd_mail_field() -> None:
    body = "Name: Jane Doe\nEmail: none\nMessage: The lift broke.\n"
    assert formed(mail(body, reply_to="J <jane@example.org>")).resident == Person(
        "Jane Doe", "jane@example.org"
    )
    assert formed(mail(body)).resident == Person("Jane Doe", "")


def test_labels_within_what_somebody_wrote_stay_there() -> None:
    story = "He said:\nName: Bob\nEmail: none of yours\nhttp://example.org: see there\nTime is up"
    message = formed(mail(f"Name: Jane Doe\nEmail: jane@example.org\nMessage: {story}\n"))
    assert message.body == story and message.resident == JANE


def test_mail_of_anybody_else_is_no_form() -> None:
    raw = mail(COLONS).replace(b"forms@harrowmere.example", b"jane@example.net")
    message = formed(raw)
    assert message.fields == () and message.channel is Channel.EMAIL and "Name: Jane Doe" in message.body


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("E-mail address (required)", Kind.EMAIL),
        ("*Please describe your complaint:", Kind.WHAT_HAPPENED),
        ("TENANT’S NAME", Kind.NAME),
        ("Post code", Kind.ADDRESS),
        ("The problem", Kind.WHAT_HAPPENED),
        ("What's wrong", None),
    ],
)
def test_a_label_is_known_however_it_is_written(label: str, kind: Kind | None) -> None:
    assert USUAL.get(plain(label)) is kind


def passed_on(text: str, sender: str = "sam@harrowmere.example") -> Message:
    raw = mail(
        f"Please log.\n\nFrom: Harrowmere Web <{SENDER}>\nSent: Friday, 20 November 2026 16:22\n"
        f"To: Sam Reed <sam@harrowmere.example>\nSubject: New submission\n\n{text}"
    ).replace(f"Harrowmere Web <{SENDER}>".encode(), f"Sam Reed <{sender}>".encode(), 1)
    return formed(raw.replace(b"New submission: Make", b"FW: Make", 1))


@pytest.mark.parametrize("text", [COLONS, BELOW, TABS], ids=["colons", "below", "tabs"])
def test_a_form_that_staff_forward_says_whose_matter_it_is(text: str) -> None:
    message = passed_on(text)
    assert message.resident == JANE and message.channel is Channel.FORWARD
    assert message.forwarded_by == Person("Sam Reed", "sam@harrowmere.example")
    assert str(message.received_at) == "2026-11-20 16:22:00+00:00"
    assert {x.kind: x.value for x in message.fields}[Kind.WHAT_WOULD_PUT_IT_RIGHT] == WISH
    assert message.notes == ("Staff forwarded a web form's mail; its fields say who filled it in.",)


def test_a_form_that_a_stranger_forwards_is_the_stranger_s() -> None:
    message = passed_on(COLONS, "bob@example.net")
    assert message.resident.address == "bob@example.net" and message.fields == ()


def test_a_forward_of_a_form_without_a_name_says_that_the_resident_is_not_known() -> None:
    message = passed_on("The lift broke.")
    assert message.resident == Person() and message.fields == ()
    assert any("does not say who the resident is" in x for x in message.notes)


HOSTILE = {
    "a million labels": "Name: x\n" * 200_000,
    "a label without end": "Name" * 300_000 + ": x",
    "colons alone": ":" * 900_000,
    "spaces alone": "Message: x\n" + "  " * 400_000,
    "tabs": "Message\t" * 100_000,
    "a deep table": "<table><tr><td>" * 3_000 + "Name</td><td>x",
    "many rows": "<table>" + "<tr><td>Name</td><td>Jane</td></tr>" * 8_000,
    "many label rows": "<table>" + "<tr><td>Message</td></tr>" * 8_000,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_no_form_takes_long(body: str) -> None:
    began = time.monotonic()
    read(body, body, USUAL)
    assert time.monotonic() - began < 5
