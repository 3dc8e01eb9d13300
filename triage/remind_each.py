"""What each handler is told on working mornings, and what the leads are told on Mondays.

A handler hears of what is overdue every day, of what is due today, and of what is due so many working days before
(`Landlord.days_before`); not of more. Each is said once: the day is its key in the outbox.
"""

from collections import Counter
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from putright.cases.duties import Owed
from putright.cases.labels import Label
from putright.cases.typed import same_person
from putright.cases.working_days import LONDON, in_words, local_day
from putright.storage import cases, confined, duties, outbox, snoozes
from putright.storage.cases import Filter, Row
from putright.storage.database import writing
from putright.triage.eyes import ALL
from putright.triage.landlord import Landlord
from putright.triage.posts import Post
from putright.triage.promised import PROMISES
from putright.triage.remind import SHOWN, SOON_WORKING_DAYS, line, read_by
from putright.triage.sample import miss_rate, sample, week_of


def personal(db: Database, landlord: Landlord, name: str, day: date) -> Post | None:
    """One handler's morning: their own cases and promises; None when there is nothing to say."""
    asleep = snoozes.asleep(db, name, day)
    steps = {landlord.calendar.add(day, n): n for n in landlord.days_before}
    until = max([day, *steps])
    known = tuple(x for x in cases.handlers(db) if same_person(x, name))
    mine = cases.listing(db, Filter(handlers=known, due_until=until)) if known else []
    sections: list[tuple[str, list[Row]]] = [
        ("OVERDUE, in breach of the Code", [x for x in mine if x.next_due and x.next_due < day]),
        ("Due today", [x for x in mine if x.next_due == day]),
    ]
    for due, days in sorted(steps.items()):
        rows = [x for x in mine if x.next_due == due and x.reference not in asleep]
        sections.append((f"Due in {days} working day{'' if days == 1 else 's'}", rows))
    lines: list[str] = []
    for title, rows in sections:
        if rows:
            lines.append(f"{title}: {len(rows)}")
            lines += [f"  {line(x)}" for x in rows[:SHOWN]]
            if len(rows) > SHOWN:
                lines.append(f"  and {len(rows) - SHOWN} more")
    lines += _promises(db, name, day)
    if not lines:
        return None
    lines.append("  /case HC-… shows a case; Home has all of yours; a reminder can be snoozed there")
    return Post(f"Your deadlines for {in_words(day)}", tuple(lines))


def _promises(db: Database, name: str, day: date) -> list[str]:
    """Updates agreed and promises due by today, by reference alone."""
    names = [x for x in duties.owners(db) if same_person(x, name)]
    unseen = confined.hidden(db, (name,))
    rows = db.execute(
        f"select case_ref, kind, due from duties where owner in ({', '.join('?' * len(names))}) "
        "and due is not null and due <= ? and kind in (?, ?, ?) order by due, case_ref",
        [*names, day.isoformat(), *(x.value for x in PROMISES)],
    ).fetchall()
    due = [
        f"  {ref}  {PROMISES[Owed(kind)]} promised for {in_words(date.fromisoformat(when))}"
        for ref, kind, when in rows
        if ref not in unseen
    ]
    return [f"Promised and due: {len(due)}", *due[:SHOWN]] if due else []


def weekly(db: Database, landlord: Landlord, day: date) -> Post:
    """The week before `day` in counts, for complaints leads: what came in, what is in breach, what waits."""
    monday = week_of(day) - timedelta(days=7)
    seen_by = (ALL if landlord.leads_channel else read_by(landlord)).seen_by
    came = cases.listing(
        db,
        Filter(closed=None, received_from=monday, received_until=monday + timedelta(days=6), seen_by=seen_by),
    )
    labels = Counter(x.label for x in came)
    overdue, _ = cases.count(db, Filter(overdue_on=day, seen_by=seen_by))
    unassigned, _ = cases.count(db, Filter(unassigned=True, due_until=date.max, seen_by=seen_by))
    review, _ = cases.count(db, Filter(review=True, seen_by=seen_by))
    unseen = confined.hidden(db, seen_by)
    drawn = [x for x in sample(db, monday) if x.reference not in unseen]
    lines = [
        f"Came in: {len(came)} ("
        + ", ".join(f"{labels[x]} {x.words}" for x in Label if labels[x] or x is Label.COMPLAINT)
        + ")",
        f"In breach this morning: {overdue}; with nobody: {unassigned}",
        f"Waiting for a person to say what they are: {review}",
        f"Drawn to be looked at, of what was surely called no complaint last week: {len(drawn)}",
        f"  putright review sample --at {monday.isoformat()}",
        f"Looked at so far: {miss_rate(db)}",
    ]
    return Post(f"The week of {in_words(monday)}", tuple(lines))


def for_leads(db: Database, landlord: Landlord, day: date) -> Post | None:
    """What is due on the cases that no channel hears of, and their reviews; None when there is nothing to say."""
    until = landlord.calendar.add(day, SOON_WORKING_DAYS)
    rows = cases.listing(db, Filter(confined=True, due_until=until))
    number, reviews = duties.due(db, (Owed.CONFINEMENT,), day, SHOWN)
    lines = [f"  {'OVERDUE  ' if x.next_due and x.next_due < day else ''}{line(x)}" for x in rows[:SHOWN]]
    if rows:
        lines.insert(0, f"Overdue, or due by {in_words(until)}: {len(rows)}")
    if number:
        lines.append(f"Who may see them is to be reviewed (Code 5.8): {', '.join(x for x, _ in reviews)}")
    return Post(f"Confined cases, {in_words(day)}", tuple(lines)) if lines else None


def queue_each(db: Database, landlord: Landlord, now: datetime) -> int:
    """Queue this morning's personal digests, and on the week's first working day the summary for leads.

    Gives how many were queued now.
    """
    local = now.astimezone(LONDON)
    day = local_day(now)
    if not landlord.calendar.is_working_day(day) or local.time() < landlord.digest_at:
        return 0
    queued = 0
    for user, name in landlord.people.items():
        key = f"digest:{day.isoformat()}:{user}"
        if not outbox.knows(db, key) and (post := personal(db, landlord, name, day)):
            queued += _queue(db, key, user, post, now)
    for where in (landlord.leads_channel,) if landlord.leads_channel else landlord.leads:
        key = f"confined:{day.isoformat()}:{where}"
        if not outbox.knows(db, key) and (post := for_leads(db, landlord, day)):
            queued += _queue(db, key, where, post, now)
    monday = week_of(day)
    key = f"week:{monday.isoformat()}"
    first_of_week = landlord.calendar.add(monday - timedelta(days=1), 1) == day
    if landlord.weekly and first_of_week and not outbox.knows(db, key):
        where = landlord.leads_channel or landlord.digest_channel
        queued += _queue(db, key, where, weekly(db, landlord, day), now)
    return queued


def _queue(db: Database, key: str, channel: str, post: Post, now: datetime) -> bool:
    with writing(db):
        return outbox.put(db, key=key, kind="digest", channel=channel, payload=post.as_json(), made_at=now)
