"""How things look on a terminal: tables and lines from values, the same that Slack shows."""

from collections.abc import Iterable
from typing import Any

from tabulate import tabulate

from putright.bot.printable import harmless as harmless
from putright.bot.printable import json_text as json_text
from putright.bot.printable import one_line as one_line
from putright.cases.deadlines import Deadline
from putright.cases.offers import Offer
from putright.cases.working_days import in_words
from putright.storage.cases import Row
from putright.triage.answer import Answer
from putright.triage.posts import ACTS


def table(headers: list[str], rows: Iterable[Iterable[Any]]) -> str:
    """A plain table, two spaces between columns, that a screen reader and a pipe can follow.

    A cell is one line whatever stands in it.
    """
    cells = [[one_line(str(cell)) for cell in row] for row in rows]
    return tabulate(cells, headers, tablefmt="simple", disable_numparse=True)


def case_table(rows: Iterable[Row]) -> str:
    """Cases as a list: what each is, how sure, and what is due next; the landlord's own target where it has one."""
    rows = list(rows)
    own = any(row.next_target for row in rows)
    return table(
        [
            "reference",
            "label",
            "sure?",
            "area",
            "received",
            "next due",
            *["your target"] * own,
            "what",
            "with",
        ],
        [
            [
                row.reference,
                row.label.words,
                sure_words(row),
                row.area.words,
                in_words(row.received.date()),
                in_words(row.next_due) + ("*" if row.provisional else "") if row.next_due else "-",
                *[in_words(row.next_target) if row.next_target else "-"] * own,
                ACTS[row.next_clock.value].removesuffix(" by") if row.next_clock else "-",
                row.handler or "-",
            ]
            for row in rows
        ],
    )


def sure_words(row: Row) -> str:
    """`ask`, `sure`, or who confirmed."""
    return f"by {row.confirmed_by}" if row.confirmed_by else row.decision.value


def row_json(row: Row) -> dict[str, Any]:
    """A case of a list as JSON."""
    return {
        "reference": row.reference,
        "label": row.label.value,
        "decision": row.decision.value,
        "unconfirmed": row.unconfirmed,
        "confirmed_by": row.confirmed_by,
        "service_area": row.area.value,
        "flags": [flag.value for flag in row.flags],
        "stage": row.stage,
        "received": row.received.isoformat(),
        "handler": row.handler,
        "next": row.next_clock.value if row.next_clock else None,
        "due": row.next_due.isoformat() if row.next_due else None,
        "target": row.next_target.isoformat() if row.next_target else None,
        "provisional": row.provisional,
        "closed": row.closed.isoformat() if row.closed else None,
        "chased": row.chased,
    }


def offer_json(offer: Offer) -> dict[str, Any]:
    """What waits for a person as JSON."""
    return {
        "offer": offer.number,
        "what": offer.what.value,
        "why": offer.why,
        "day": offer.day.isoformat() if offer.day else None,
        "into": offer.into or None,
        "acts": list(offer.acts),
    }


def answer_text(answer: Answer) -> str:
    """An answer as text."""
    parts = [answer.sentence]
    if answer.rows:
        parts.append(case_table(answer.rows))
    parts += [f"  {line}" for line in (*answer.lines, *answer.private)]
    return harmless("\n".join(parts))


def deadline_json(due: Deadline) -> dict[str, Any]:
    """A due date as JSON, with each day counted."""
    return {
        "clock": due.clock.value,
        "due": due.due.isoformat(),
        "paragraph": due.paragraph,
        "code": due.code,
        "limit": due.limit,
        "from": due.starts.value,
        "start": due.start.isoformat(),
        "due_before_extension": due.due_before_extension.isoformat(),
        "extended_by": due.extended_by,
        "needs_good_reason": due.needs_good_reason,
        "may_extend_to": due.may_extend_to.isoformat() if due.may_extend_to else None,
        "provisional": due.provisional,
        "backstop": due.backstop.isoformat() if due.backstop else None,
        "target": due.target.isoformat() if due.target else None,
        "target_days": due.target_days,
        "done": due.done.isoformat() if due.done else None,
        "met": due.met,
        "target_met": due.target_met,
        "working": [
            {"day": x.day.isoformat(), "number": x.number, **({"why": x.why} if x.why else {})}
            for x in due.working
        ],
    }
