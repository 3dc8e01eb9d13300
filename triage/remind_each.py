"""What each handler and each team is told on working mornings, and what the leads are told on Mondays.

A handler hears of what is overdue every day, of what is due today, of what is due so many working days before
(`Landlord.days_before`), and of a target of the landlord's own that was missed; not of more. Each is said once: the day
is its key in the outbox.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from putright.cases.duties import Owed
from putright.cases.labels import Label
from putright.cases.limits import OF_THE_CODE, Clock
from putright.cases.typed import same_person
from putright.cases.working_days import LONDON, in_words, in_working_days, local_day
from putright.storage import cases, confined, duties, outbox, slack_names, snoozes
from putright.storage.cases import Filter, Row
from putright.storage.database import writing
from putright.triage.eyes import ALL, CHANNEL
from putright.triage.landlord import Landlord
from putright.triage.own_targets import REQUESTS_MISSED
from putright.triage.posts import Post
from putright.triage.promised import PROMISES
from putright.triage.remind import SHOWN, SOON_WORKING_DAYS, line, read_by
from putright.triage.sample import miss_rate, sample, week_of


class _Lines:
    """The lines of a post as they gather, each with the button beside it, if any."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.words: list[str] = []
        self.beside: list[tuple[int, str, str]] = []

    def add(self, title: str, rows: Sequence[Row], button: str = "", *, with_whom: bool = True) -> None:
        """A titled list of cases, cut where it is long; nothing for none."""
        if not rows:
            return
        self.words.append(f"{title}: {len(rows)}")
        for row in rows[:SHOWN]:
            if button:
                self.beside.append((len(self.words), button, row.reference))
            self.words.append(f"  {line(row, self.day, with_whom=with_whom)}")
        if len(rows) > SHOWN:
            self.words.append(f"  and {len(rows) - SHOWN} more")

    def promised(self, due: Sequence[tuple[str, str]], button: str = "") -> None:
        """What was promised to residents: the case of each, and the line."""
        if due:
            self.words.append(f"Promised to residents and due: {len(due)}")
        for reference, words in due[:SHOWN]:
            if button:
                self.beside.append((len(self.words), button, reference))
            self.words.append(f"  {words}")
        if len(due) > SHOWN:
            self.words.append(f"  and {len(due) - SHOWN} more")


def personal(db: Database, landlord: Landlord, name: str, day: date) -> Post | None:
    """One handler's morning: their own cases and promises; None when there is nothing to say.

    What is due later has a button that puts its reminder off; what is in breach or due today cannot be put off.
    """
    asleep = snoozes.asleep(db, name, day)
    steps = {landlord.calendar.add(day, n): n for n in landlord.days_before}
    until = max([day, *steps])
    known = tuple(x for x in cases.handlers(db) if same_person(x, name))
    due = cases.listing(db, Filter(handlers=known, due_until=until)) if known else []
    lines = _Lines(day)
    lines.add(
        "OVERDUE, in breach of the Code", [x for x in due if _in_breach(x, day)], "open", with_whom=False
    )
    lines.add("Due today", [x for x in due if x.next_due == day], "open", with_whom=False)
    told = {x.reference for x in due if x.next_due and (x.next_due <= day or x.next_due in steps)}
    woken = snoozes.awake(db, name, _working_day_before(landlord, day), day) - told
    again = [x for x in cases.named(db, sorted(woken)) if x.handler in known and x.next_due and not x.closed]
    lines.add("To be reminded of again today", again, "snooze", with_whom=False)
    for when, days in sorted(steps.items()):
        rows = [x for x in due if x.next_due == when and x.reference not in asleep]
        lines.add(f"Due in {in_working_days(days)}", rows, "snooze", with_whom=False)
    requests = [x for x in due if _request_missed(x, day) and x.reference not in asleep]
    lines.add(REQUESTS_MISSED, requests, "snooze", with_whom=False)
    missed = _targets_missed(db, known, day, {*asleep, *told, *woken})
    lines.add("Your own target missed, no breach of the Code", missed, "snooze", with_whom=False)
    lines.promised(_promises(db, (name,), day, (name,)), "open")
    if not lines.words:
        return None
    lines.words.append("All of yours:  /case my cases")
    return Post(f"Your deadlines for {in_words(day)}", tuple(lines.words), beside=tuple(lines.beside))


def of_team(db: Database, landlord: Landlord, team: str, day: date) -> Post | None:
    """One team's morning: what is with it or one of its people, as a channel may read it; None for nothing."""
    until = landlord.calendar.add(day, SOON_WORKING_DAYS)
    members = (team, *landlord.teams[team])
    known = tuple(x for x in cases.handlers(db) if any(same_person(x, one) for one in members))
    which = Filter(handlers=known, due_until=until, seen_by=CHANNEL.seen_by)
    due = cases.listing(db, which) if known else []
    lines = _Lines(day)
    lines.add("OVERDUE, in breach of the Code", [x for x in due if _in_breach(x, day)])
    lines.add("Due today", [x for x in due if x.next_due == day])
    lines.add(f"Due by {in_words(until)}", [x for x in due if x.next_due and x.next_due > day])
    lines.add(REQUESTS_MISSED, [x for x in due if _request_missed(x, day)])
    lines.promised(_promises(db, members, day, CHANNEL.names))
    return Post(f"{team}, {in_words(day)}", tuple(lines.words)) if lines.words else None


def _in_breach(row: Row, day: date) -> bool:
    return row.next_due is not None and row.next_due < day and row.next_clock in OF_THE_CODE


def _request_missed(row: Row, day: date) -> bool:
    return row.next_due is not None and row.next_due < day and row.next_clock not in OF_THE_CODE


def _targets_missed(db: Database, known: tuple[str, ...], day: date, but: Collection[str]) -> list[Row]:
    """What of these people is past the landlord's own target and within the Code's date; not those told or put off."""
    if not known:
        return []
    which = Filter(handlers=known, due_from=day, target_until=day - timedelta(days=1))
    return [x for x in cases.listing(db, which) if x.reference not in but]


def _working_day_before(landlord: Landlord, day: date) -> date:
    before = day - timedelta(days=1)
    while not landlord.calendar.is_working_day(before):
        before -= timedelta(days=1)
    return before


def _promises(
    db: Database, people: Sequence[str], day: date, seen_by: Sequence[str]
) -> list[tuple[str, str]]:
    """Updates, actions and remedies of these people due by a day: the case of each, and the line without its words."""
    names = [x for x in duties.owners(db) if any(same_person(x, one) for one in people)]
    unseen = confined.hidden(db, seen_by)
    rows = db.execute(
        f"select case_ref, kind, due from duties where owner in ({', '.join('?' * len(names))}) "
        "and due is not null and due <= ? and kind in (?, ?, ?) order by due, case_ref",
        [*names, day.isoformat(), *(x.value for x in PROMISES)],
    ).fetchall()
    return [
        (ref, f"{ref}  {PROMISES[Owed(kind)]} promised for {in_words(date.fromisoformat(when))}")
        for ref, kind, when in rows
        if ref not in unseen
    ]


def weekly(db: Database, landlord: Landlord, day: date) -> Post:
    """The week before `day` in counts, for complaints leads: what came in, what is in breach, what waits."""
    monday = week_of(day) - timedelta(days=7)
    seen_by = (ALL if landlord.leads_channel else read_by(landlord)).seen_by
    came = cases.listing(
        db,
        Filter(closed=None, received_from=monday, received_until=monday + timedelta(days=6), seen_by=seen_by),
    )
    labels = Counter(x.label for x in came)
    overdue, requests = (
        cases.count(db, Filter(overdue_on=day, due_clocks=x, seen_by=seen_by))[0]
        for x in (OF_THE_CODE, (Clock.SERVICE_REQUEST,))
    )
    unassigned, _ = cases.count(db, Filter(unassigned=True, due_until=date.max, seen_by=seen_by))
    review, _ = cases.count(db, Filter(review=True, seen_by=seen_by))
    unseen = confined.hidden(db, seen_by)
    drawn = [x for x in sample(db, monday) if x.reference not in unseen]
    kinds = ", ".join(_counted(labels[x], x) for x in Label if labels[x] or x is Label.COMPLAINT)
    lines = [
        f"Came in: {len(came)} ({kinds})",
        f"Overdue this morning, in breach of the Code: {overdue}; due and with nobody: {unassigned}",
        *([f"{REQUESTS_MISSED}: {requests}"] if Clock.SERVICE_REQUEST in landlord.targets else []),
        f"Waiting for a person to say what they are: {review}",
        f"Drawn by lot from what was surely called no complaint, to be looked at: {len(drawn)}",
        str(miss_rate(db)),
    ]
    return Post(f"The week of {in_words(monday)}", tuple(lines), review=bool(review or drawn))


def _counted(number: int, label: Label) -> str:
    """`2 complaints`, `1 survey feedback`."""
    many = "s" if number != 1 and label in (Label.COMPLAINT, Label.SERVICE_REQUEST) else ""
    return f"{number} {label.words}{many}"


def for_leads(db: Database, landlord: Landlord, day: date) -> Post | None:
    """What is due on the cases that no channel hears of, and their reviews; None when there is nothing to say."""
    until = landlord.calendar.add(day, SOON_WORKING_DAYS)
    rows = cases.listing(db, Filter(confined=True, due_until=until))
    number, reviews = duties.due(db, (Owed.CONFINEMENT,), day, SHOWN)
    lines = [
        f"  {'OVERDUE  ' if x.next_due and x.next_due < day else ''}{line(x, day)}" for x in rows[:SHOWN]
    ]
    if rows:
        lines.insert(0, f"Overdue, or due by {in_words(until)}: {len(rows)}")
    if number:
        lines.append(f"Who may see them is to be reviewed (Code 5.8): {', '.join(x for x, _ in reviews)}")
    return Post(f"Confined cases, {in_words(day)}", tuple(lines)) if lines else None


def queue_each(db: Database, landlord: Landlord, now: datetime) -> int:
    """Queue this morning's digests of handlers and teams, and the summary for leads: on the week's first working
    day, or on the next that putright is up.

    A team without a channel of its own reads its digest in the thread of the morning's.

    Gives how many were queued now.
    """
    local = now.astimezone(LONDON)
    day = local_day(now)
    if not landlord.calendar.is_working_day(day) or local.time() < landlord.digest_at:
        return 0
    queued = 0
    met = slack_names.every(db)  # those whom the settings do not name handle cases under their ids
    for user, name in ({x: x for x in cases.handlers(db) if x in met} | dict(landlord.people)).items():
        key = f"digest:{day.isoformat()}:{user}"
        if not outbox.knows(db, key) and (post := personal(db, landlord, name, day)):
            queued += _queue(db, key, user, post, now)
    for team in landlord.teams:
        key, where = f"digest:{day.isoformat()}:team:{team}", landlord.team_channels.get(team, "")
        if not outbox.knows(db, key) and (post := of_team(db, landlord, team, day)):
            below = "" if where else f"digest:{day.isoformat()}"
            queued += _queue(db, key, where or landlord.digest_channel, post, now, below)
    for where in (landlord.leads_channel,) if landlord.leads_channel else landlord.leads:
        key = f"confined:{day.isoformat()}:{where}"
        if not outbox.knows(db, key) and (post := for_leads(db, landlord, day)):
            queued += _queue(db, key, where, post, now)
    monday = week_of(day)
    key = f"week:{monday.isoformat()}"
    first = landlord.calendar.add(monday - timedelta(days=1), 1)
    if landlord.weekly and not outbox.knows(db, key) and (day == first or _missed(db, monday)):
        where = landlord.leads_channel or landlord.digest_channel
        queued += _queue(db, key, where, weekly(db, landlord, day), now)
    return queued


def _missed(db: Database, monday: date) -> bool:
    """Whether there was a week to tell of before that Monday: then a later day tells what its own morning did not."""
    return bool(db.execute("select 1 from cases where opened < ? limit 1", [monday.isoformat()]).fetchone())


def _queue(db: Database, key: str, channel: str, post: Post, now: datetime, below: str = "") -> bool:
    """`below` is the key of the post in whose thread it stands."""
    with writing(db):
        return outbox.put(
            db,
            key=key,
            kind="digest",
            channel=channel,
            payload=post.as_json(),
            made_at=now,
            thread_key=below,
        )
