"""The deadline digest of a working morning: what is overdue, due today, due soon, and what waits for a person."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from putright.cases.limits import OF_THE_CODE, Clock
from putright.cases.offers import RESPONSE_FIRST, Offer, What
from putright.cases.working_days import LONDON, in_words
from putright.storage import cases, intake, outbox
from putright.storage.cases import Filter, Row
from putright.storage.database import writing
from putright.storage.intake import SetAside
from putright.triage.eyes import ALL, CHANNEL, Eyes
from putright.triage.landlord import Landlord
from putright.triage.own_targets import REQUESTS_MISSED
from putright.triage.posts import ACTS, Post, set_by
from putright.triage.promised import Beside, hazards, marks, promised, reviews

SOON_WORKING_DAYS = 3
"""How far ahead "due soon" looks."""
SHOWN = 15
"""How many cases a section names; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Digest:
    """The cases a morning's digest names, each list soonest first."""

    day: date
    overdue: tuple[Row, ...]
    """Those past a date of the Code's."""
    today: tuple[Row, ...]
    soon: tuple[Row, ...]
    soon_until: date
    targets: tuple[Row, ...]
    """Those not in the lists above whose own target, stricter than the Code's, has come or passed."""
    requests: tuple[Row, ...]
    """Service requests past the landlord's own target: no breach, the Code has no limit for them."""
    review: tuple[Row, ...]
    emergencies: tuple[Row, ...]
    promised: tuple[Beside, ...]
    """Updates, actions and remedies promised to residents and due."""
    reviews: tuple[Beside, ...]
    """Restrictions and adjustments whose review has come."""
    hazards: tuple[Beside, ...]
    """Awaab's Law's limits that have come or come soon."""
    marks: tuple[Beside, ...]
    """The same of data protection law: subject access requests, complaints about personal data, possible breaches."""
    offers: tuple[tuple[str, Offer], ...]
    """What waits to be accepted or declined, with its case."""
    aside: SetAside
    aside_since: date
    """The working day before: mail parked from its digest on is news."""
    counts: Mapping[str, int]
    """How many there are of each list by its name, however many of them were read."""


def digest(
    db: Database, landlord: Landlord, day: date, limit: int | None = None, eyes: Eyes = CHANNEL
) -> Digest:
    """What is due as seen on the morning of `day`; of each list at most `limit` cases are read, all are counted.

    A confined case is left out for whoever may not see it.
    """
    seen_by = eyes.seen_by
    until = landlord.calendar.add(day, SOON_WORKING_DAYS)
    before = day - timedelta(days=1)
    while not landlord.calendar.is_working_day(before):
        before -= timedelta(days=1)
    lists = {
        "overdue": Filter(overdue_on=day, due_clocks=OF_THE_CODE),
        "today": Filter(due_from=day, due_until=day),
        "soon": Filter(due_from=day + timedelta(days=1), due_until=until),
        "targets": Filter(due_from=until + timedelta(days=1), target_until=day),
        "requests": Filter(overdue_on=day, due_clocks=(Clock.SERVICE_REQUEST,)),
        "review": Filter(review=True),
        "emergencies": Filter(emergency=True, unassigned=True),
    }
    lists = {name: replace(which, seen_by=seen_by) for name, which in lists.items()}
    found = {name: tuple(cases.listing(db, which, limit)) for name, which in lists.items()}
    promises, due = promised(db, day, -1 if limit is None else limit, seen_by)
    to_review, standing = reviews(db, day, -1 if limit is None else limit, seen_by)
    return Digest(
        day=day,
        **found,
        soon_until=until,
        promised=due,
        reviews=standing,
        hazards=hazards(db, landlord, day, until, eyes),
        marks=marks(db, landlord, day, until, eyes),
        offers=tuple(cases.open_offers(db, seen_by=seen_by)),
        aside=intake.set_aside(db, datetime.combine(before, landlord.digest_at, LONDON)),
        aside_since=before,
        counts={
            name: len(rows) if limit is None or len(rows) < limit else cases.count(db, lists[name])[0]
            for name, rows in found.items()
        }
        | {"promised": promises, "reviews": to_review},
    )


def as_post(found: Digest) -> Post:
    """The digest in words: what cannot wait comes first."""
    lines = _named_only(found, "Possible emergency hazards that nobody has taken", "emergencies")
    for title, name in (
        ("OVERDUE, in breach of the Code", "overdue"),
        ("Due today", "today"),
        (f"Due by {in_words(found.soon_until)}", "soon"),
        ("Your own target has come or was missed, the Code's date has not come", "targets"),
        (REQUESTS_MISSED, "requests"),
    ):
        rows, number = getattr(found, name), found.counts[name]
        if rows:
            lines.append(f"{title}: {number}")
            lines += [f"  {line(x, found.day)}" for x in rows[:SHOWN]]
            if number > SHOWN:
                lines.append(f"  and {number - SHOWN} more")
    for title, besides, number in (
        ("Awaab's Law, come or coming", found.hazards, len(found.hazards)),
        ("Data protection law, come or coming", found.marks, len(found.marks)),
        ("Promised to residents and due", found.promised, found.counts["promised"]),
        ("Standing and to be reviewed", found.reviews, found.counts["reviews"]),
    ):
        if besides:
            lines.append(f"{title}: {number}")
            lines += [f"  {x}" for x in besides[:SHOWN]]
            if number > SHOWN:
                lines.append(f"  and {number - SHOWN} more")
    lines += _named_only(found, "Waiting for a person to say what they are", "review")
    lines += _offered(found)
    if not lines:
        lines.append("Nothing is overdue, due soon or waiting for a person.")
    lines += _aside(found)
    return Post(f"Deadlines for {in_words(found.day)}", tuple(lines))


def _named_only(found: Digest, title: str, name: str) -> list[str]:
    """A list of cases by their references alone, in a line."""
    rows, number = getattr(found, name), found.counts[name]
    if not rows:
        return []
    more = f" and {number - SHOWN} more" if number > SHOWN else ""
    return [f"{title}: {', '.join(x.reference for x in rows[:SHOWN])}{more}"]


_OFFERED = {
    What.STAGE_2: "Replies that may ask for stage 2",
    What.TURNED: "Further messages that may make a case a complaint (Code 1.5)",
    What.ACT: "Staff's mails to residents to be recorded",
    What.JOIN: "Cases that may belong to another",
}


def _offered(found: Digest) -> list[str]:
    """What waits to be accepted or declined, by kind, the pressing first."""
    lines = []
    for what, title in _OFFERED.items():
        refs = [_named(reference, x) for reference, x in found.offers if x.what is what]
        if refs:
            more = f" and {len(refs) - SHOWN} more" if len(refs) > SHOWN else ""
            lines.append(f"{title}: {', '.join(refs[:SHOWN])}{more}")
    if lines:
        lines.append("  putright review  shows each with its command")
    return lines


def _named(reference: str, offer: Offer) -> str:
    if offer.what is What.JOIN:
        return f"{reference} ({offer.into})"
    first = f", {RESPONSE_FIRST}" if RESPONSE_FIRST in offer.why else ""
    return f"{reference} ({in_words(offer.day)}{first})" if offer.day else reference


def _aside(found: Digest) -> list[str]:
    """What was set aside, in counts alone."""
    aside = found.aside
    lines = []
    if aside.unread:
        lines.append(f"Mail that could not be read and waits for a person: {aside.unread}")
    if aside.parked:
        since = in_words(found.aside_since)
        lines.append(f"Parked since {since} (automatic replies, bounces, bulk mail): {aside.parked}")
    if lines:
        lines.append(
            "  putright parked  lists them with the reason; putright parked real NUMBER  takes one in"
        )
    return lines


def line(row: Row, today: date, *, with_whom: bool = True) -> str:
    """`HC-2026-0003  acknowledge by Mon 23 Nov 2026 (Code 6.2), repairs, unassigned`; `with_whom` names the handler."""
    act = ACTS[row.next_clock.value] if row.next_clock else ""
    due = in_words(row.next_due) if row.next_due else ""
    who = f", {row.handler or 'unassigned'}" if with_whom else ""
    unsure = ", unconfirmed" if row.unconfirmed else ""
    whose = set_by(row.next_paragraph, row.next_target, today)
    return f"{row.reference}  {act} {due} ({whose}), {row.area.words}{who}{unsure}"


def read_by(landlord: Landlord) -> Eyes:
    """Who reads the digest: a channel; where none is named, the person at the machine."""
    return CHANNEL if landlord.digest_channel else ALL


def queue_digest(db: Database, landlord: Landlord, now: datetime) -> bool:
    """Queue this morning's digest if it is time and it was not queued yet. True when it was queued now.

    Only on working days and from the set hour on; a restart neither repeats nor skips it, because the day is
    its key in the outbox.
    """
    local = now.astimezone(LONDON)
    if not landlord.calendar.is_working_day(local.date()) or local.time() < landlord.digest_at:
        return False
    key = f"digest:{local.date().isoformat()}"
    if outbox.knows(db, key):
        return False
    with writing(db):
        return outbox.put(
            db,
            key=key,
            kind="digest",
            channel=landlord.digest_channel,
            payload=as_post(digest(db, landlord, local.date(), SHOWN, read_by(landlord))).as_json(),
            made_at=now,
        )
