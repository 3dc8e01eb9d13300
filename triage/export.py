"""A whole case as files: what came in, what was done and when, with the hashes that prove it."""

import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Kind
from putright.cases.message import Message
from putright.cases.working_days import LONDON
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
                {"label": x.label.value, "at": x.at.isoformat(), "by": x.actor, "reason": x.reason}
                for x in case.labels
            ]
        ),
        "events.json": _json(rows),
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
        (x.received_at, f"In   message {number}, by {x.channel.value}")
        for number, x in enumerate(its_messages, 1)
    ]
    went = [(x.at, f"Out  {told(x)} ({x.actor})") for x in case.of(*SENT)]
    return [f"{at.astimezone(LONDON):%Y-%m-%d %H:%M}  {line}" for at, line in sorted(came + went)]


def _dates(case: Case, landlord: Landlord) -> list[str]:
    lines = []
    for due in case.deadlines(landlord.calendar, landlord.targets):
        lines += working(due)
        if due.done:
            lines.append(f"  Done {due.done.isoformat()}: {'in time' if due.met else 'late'}.")
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
