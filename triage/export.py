"""A whole case as files: what came in, what was done and when, with the hashes that prove it."""

import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import MACHINE, Event, Kind
from putright.cases.message import Message
from putright.cases.working_days import LONDON, in_words
from putright.mailbox.file_names import file_name
from putright.storage import events, intake, messages
from putright.triage.answer import working
from putright.triage.keep_files import handed_out, numbered
from putright.triage.landlord import Landlord
from putright.triage.telling import told

SENT = (
    Kind.ACKNOWLEDGED,
    Kind.UPDATED,
    Kind.EXTENDED,
    Kind.RESPONDED,
    Kind.REFUSED,
    Kind.CONTACTED,
    Kind.CHOICE,
)
"""What was written or said to the resident, as recorded."""


CONTENTS = """\
What is in this folder, for a reader who does not know putright. Times are as the record has them; `at` is when
something happened, `recorded_at` when the machine wrote it down, which nobody can set.

case.txt            the case as it stands: definition, dates, what was done, promised and decided, each message
timeline.txt        every event in the order it was written down; where that was another day, when
correspondence.txt  what came in and what went out, as recorded, by day, with the decision on each point
dates.txt           every due date with its working, day by day, and whether it was kept
originals/          each message byte for byte as it was received
messages/           the same as text: who, when, how it was received
attachments/        each attached file; attachments.json has its name, size and SHA-256
definitions.json    every version of the complaint definition, the draft from the resident's words first
labels.json         what the message was called, by whom and why, from the first reading on
events.json         the record itself. `hash` is the SHA-256 of the JSON list of `previous_hash` and the event's
                    case_ref, seq, kind, at, actor, data (as text), recorded_at, keys in order, UTF-8, no escapes
case.json           case.txt for a program
manifest.json       the SHA-256 of each file here, and the hash of the last event"""


def files(db: Database, case: Case, landlord: Landlord) -> dict[str, bytes]:
    """The files of an export by path: originals, messages, attachments, and the record as JSON and text."""
    its_messages = messages.of_case(db, case.reference)
    rows = events.rows(db, case.reference)
    found: dict[str, bytes] = {}
    for number, message in enumerate(its_messages, 1):
        stored = messages.intake_of(db, message.id)
        raw = intake.item(db, stored) if stored is not None else None
        if raw is not None and raw.raw:
            found[f"originals/{number:03d}.{'eml' if raw.source == 'mail' else 'json'}"] = raw.raw
        found[f"messages/{number:03d}.txt"] = _message(message, number)
    listed, attached = _attachments(db, case, its_messages)
    return {
        **found,
        **attached,
        "attachments.json": _json(listed),
        "correspondence.txt": _lines(_correspondence(case, its_messages)),
        "dates.txt": _lines(_dates(case, landlord)),
        "definitions.json": _json(_definitions(case)),
        "labels.json": _json(
            [
                {
                    "label": x.label.value,
                    "at": x.at.isoformat(),
                    "by": x.actor,
                    "reason": x.reason,
                    "model": case.history[0].data.get("model", "") if x.actor == MACHINE else "",
                }
                for x in case.labels
            ]
        ),
        "events.json": _json(rows),
        "contents.txt": _lines(CONTENTS.splitlines()),
    }


def intact(db: Database, reference: str) -> bool:
    """Whether each event of the case still has the content that its hash was made of."""
    return all(events.fits(row) for row in events.rows(db, reference))


def _message(message: Message, number: int) -> bytes:
    head = [
        f"Message {number}, by {message.channel.value}",
        f"From: {message.resident}",
        *([f"Passed on by: {message.forwarded_by}"] if message.forwarded_by else []),
        f"Received: {message.received_at.astimezone(LONDON):%Y-%m-%d %H:%M} ({message.received_from})",
        f"Subject: {message.subject}",
        *(f"Note: {x}" for x in message.notes),
    ]
    return _lines([*head, "", *message.body.split("\n")])


def _attachments(
    db: Database, case: Case, its_messages: list[Message]
) -> tuple[list[dict[str, Any]], dict[str, bytes]]:
    """Each attachment by its number, with its hash; where its bytes are no longer here the list says so."""
    listed, found = [], {}
    for number, (_, attachment) in enumerate(numbered(its_messages), 1):
        path: str | None = f"attachments/{number:03d}-{file_name(attachment.name)}"
        try:
            found[str(path)] = handed_out(db, case.reference, number)[1]
        except Refused:
            path = None
        listed.append(
            {
                "number": number,
                "name": attachment.name,
                "size": attachment.size,
                "sha256": attachment.sha256,
                "file": path,
            }
        )
    return listed, found


def _correspondence(case: Case, its_messages: list[Message]) -> list[str]:
    came = [
        (
            x.received_at,
            [f"In   message {number}, by {x.channel.value}, from {x.sender}: {x.subject or 'no subject'}"],
        )
        for number, x in enumerate(its_messages, 1)
    ]
    went = [(x.at, [f"Out  {told(x)} ({x.actor})", *_decided(x)]) for x in case.of(*SENT)]
    return [
        line
        for at, (first, *more) in sorted(came + went)
        for line in (f"{at.astimezone(LONDON):%Y-%m-%d %H:%M}  {' '.join(first.split())}", *more)
    ]


def _decided(event: Event) -> list[str]:
    """What a response decided on each point of the definition, and why (6.7)."""
    points = event.data.get("decisions", ()) if event.kind is Kind.RESPONDED else ()
    return [f"      point {n}: {x['outcome']}: {x['reason']}" for n, x in enumerate(points, 1)]


def _dates(case: Case, landlord: Landlord) -> list[str]:
    lines = []
    for due in case.deadlines(landlord.calendar, landlord.targets):
        lines += working(due)
        if due.extended_by:
            before = in_words(due.due_before_extension)
            lines.append(f"Extended by {due.extended_by} working days, which are in it; before: {before}.")
        if due.done:
            in_time = due.met if due.of_the_code else due.target_met
            lines.append(f"  Done {due.done.isoformat()}: {'in time' if in_time else 'late'}.")
        for x in due.working:
            lines.append(f"  {x.day.isoformat()}  {x.why or f'working day {x.number}'}")
    return lines or ["No clock of the Code runs on it."]


def _definitions(case: Case) -> list[dict[str, Any]]:
    """Every version of the complaint definition, the draft from the resident's sentences first."""
    first = case.history[0]
    versions = [{"stage": 1, "version": 0, "at": first.at.isoformat(), "by": "draft", **_of(first.data)}]
    seen: dict[int, int] = {}
    for x in case.of(Kind.DEFINED):
        stage = int(x.data["stage"])
        seen[stage] = seen.get(stage, 0) + 1
        versions.append({"version": seen[stage], "at": x.at.isoformat(), "by": x.actor, **x.data})
    return versions


def _of(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"points": data["issues"], "outcomes": data["outcomes"]}


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "surrogatepass")


def _lines(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")
