"""What happened on a case, an event at a time, in words."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from putright.cases.events import Event, JoinedAs, Kind
from putright.cases.labels import Label, ServiceArea
from putright.cases.life.matters import How
from putright.cases.records.index import BY_KIND
from putright.cases.records.words import day_of, with_more
from putright.cases.working_days import in_words, local_day
from putright.triage.remarks import late_notice

Data = Mapping[str, Any]


def told(event: Event) -> str:
    """One event as a sentence, without when and by whom. Holds words of the case: for who may see it."""
    if event.kind is Kind.EXTENDED and event.data["late"]:
        return f"{_extended(event.data)} {late_notice(event)}"
    if event.kind in BY_KIND:
        return BY_KIND[event.kind].told(event.data)
    return _TOLD[event.kind](event.data)


_SAID_BACK = {
    Kind.DEFINED,
    Kind.ASSIGNED,
    Kind.ACKNOWLEDGED,
    Kind.EXTENDED,
    Kind.CONFINED,
    Kind.UNCONFINED,
    Kind.DONE,
    Kind.RESPONDED,
    Kind.ESCALATED,
    Kind.CLOSED,
    Kind.REOPENED,
}
"""Acts beside the records that are said back as they were written down."""


def said_back(event: Event) -> bool:
    """Whether an act is said back to whoever did it as it was written down: records, and these."""
    return event.kind in BY_KIND or event.kind in _SAID_BACK


def _day(data: Data, key: str = "day") -> str:
    return in_words(date.fromisoformat(data[key])) if data.get(key) else ""


def _on(data: Data) -> str:
    return f" {day_of(data, 'on')}" if data.get("on") else ""


def _label(value: str) -> str:
    return Label(value).words


def _because(data: Data, key: str = "reason") -> str:
    return f": {str(data[key]).rstrip('.')}" if data.get(key) else ""


def _listed(items: list[str], empty: str) -> str:
    return "; ".join(f"{number}. {item}" for number, item in enumerate(items, 1)) or empty


def _opened(data: Data) -> str:
    received = in_words(local_day(datetime.fromisoformat(data["received"])))
    sure = "sure" if data["decision"] == "sure" else "unsure: a person is asked"
    area = ServiceArea(data["area"]).words
    return f"Logged as {_label(data['label'])} ({sure}), {area}; received {received}."


def _extended(data: Data) -> str:
    good = ", for a good reason" if data["good_reason"] else ""
    return f"Stage {data['stage']} response extended by {data['working_days']} working days{good}{_because(data)}."


def _responded(data: Data) -> str:
    by = f", decided by {data['decided_by']}" if data.get("decided_by") else ""
    affected = f" How it affected the resident: {data['impact'].rstrip('.')}." if data.get("impact") else ""
    return f"Stage {data['stage']} answered on {_day(data)}: {data['outcome']}{by}.{affected}"


_HOW = {
    How.RELATED: "they belong together",
    How.REQUEST: "the request that this complaint is about (Code 1.5)",
    How.COMPLAINT: "the complaint about how this request was handled (Code 1.5)",
    How.SPLIT_FROM: "it was split from that one",
    How.SPLIT_INTO: "that one was split from it",
    How.MERGED_INTO: "it is the same matter, and goes on there",
}


def _joined(data: Data) -> str:
    what = _JOINED.get(data.get("as", ""), "A further message joined it")
    how = f": {data['how']}" if data.get("how") else ""
    came = f" It came from {data['came_from']}." if data.get("came_from") else ""
    return f"{what}{how}.{came}"


_JOINED: Mapping[str, str] = {
    JoinedAs.REPLY: "The resident wrote again",
    JoinedAs.COPY: "The same mail came by another path",
    JoinedAs.STAFF: "Staff's mail joined it",
    JoinedAs.EDIT: "A note was changed in Slack; both wordings are kept",
}


def _answered(data: Data) -> str:
    said = "accepted" if data["accepted"] else "declined"
    act = f" as {data['act']}" if data.get("act") else ""
    return f"Offer {data['offer']} {said}{act}{_because(data)}."


_TOLD: Mapping[Kind, Callable[[Data], str]] = {
    Kind.OPENED: _opened,
    Kind.JOINED: _joined,
    Kind.READ: lambda x: f"A message that could not be read at first was read: {_label(x['label'])}.",
    Kind.UNJOINED: lambda x: f"A message was taken out of it and is {x['to']} now{_because(x)}.",
    Kind.SUGGESTED: lambda x: f"It may belong to {x['into']}: {x['how']}.",
    Kind.JOINED_INTO: lambda x: f"Joined into {x['into']}, where its messages are now.",
    Kind.ANSWERED: _answered,
    Kind.CONFIRMED: lambda x: f"Confirmed: {_label(x['label'])}.",
    Kind.RECLASSIFIED: lambda x: (
        f"Label changed from {_label(x['was'])} to {_label(x['label'])}{_because(x)}."
    ),
    Kind.DEFINED: lambda x: (
        f"Stage {x['stage']} definition confirmed: {_listed(x['points'], 'no point')}. "
        f"Seeks: {_listed(x['outcomes'], 'not stated, asked')}."
    ),
    Kind.ASSIGNED: lambda x: f"Stage {x['stage']} given to {x['handler']}.",
    Kind.ACKNOWLEDGED: lambda x: f"Stage {x['stage']} acknowledged on {_day(x)}.",
    Kind.EXTENDED: _extended,
    Kind.RESPONDED: _responded,
    Kind.ESCALATED: lambda x: f"Stage 2 asked for on {_day(x)}{_because(x)}.",
    Kind.NOTED: lambda x: f"Noted: {x['text']}",
    Kind.CONFINED: lambda x: (
        f"Confined to {', '.join(['its handler', *x['to']])} and leads, reviewed {_day(x, 'due')}{_because(x)}."
    ),
    Kind.UNCONFINED: lambda x: f"No longer confined{_because(x)}.",
    Kind.CLOSED: lambda x: f"Closed{_because(x)}.",
    Kind.LINKED: lambda x: f"Linked with {x['reference']}: {_HOW[x['how']]}.",
    Kind.MERGED: lambda x: f"{x['reference']} was merged into it, as the same matter.",
    Kind.UNMERGED: lambda x: f"{x['reference']} was taken out again, as a matter of its own.",
    Kind.ISSUE: lambda x: (
        f"New issue raised{_on(x)} ({'' if x['related'] else 'not '}related, "
        f"stage 1 {'' if x['answered'] else 'not '}answered, "
        f"{'would delay' if x['delays'] else 'no delay'}), "
        f"{'added to the definition' if x['joins'] else 'a complaint of its own'} (Code 6.8): "
        f"{x['issue'].rstrip('.')}."
    ),
    Kind.DONE: lambda x: with_more(
        BY_KIND[Kind(x["of"])].is_ended.format(number=x["number"]), x, "evidence", "why"
    ),
    Kind.REOPENED: lambda x: f"Opened again{_because(x)}.",
}
