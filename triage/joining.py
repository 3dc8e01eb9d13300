"""Which case a mail belongs to: joined where its ids or our reference and its sender say so, else only suggested.

Rules: same mail by another path; In-Reply-To; References with a like subject; our reference; then, as a suggestion
alone, a like subject of the same resident. Never a subject alone, never by Thread-Index.
"""

from dataclasses import dataclass

from sqlite_utils import Database

from putright.cases.events import JoinedAs, Kind
from putright.cases.labels import Channel
from putright.cases.life.matters import How
from putright.cases.message import Message
from putright.cases.references import all_references
from putright.mailbox.original import is_staff
from putright.storage import events, messages, traces
from putright.triage.landlord import Landlord
from putright.triage.threads import goes_on, like_subject, moments, same_text, senders_words

LOOKED_AT = 20
"""How many of a resident's cases are compared by subject, the newest first."""


@dataclass(frozen=True, slots=True)
class Match:
    """A case that a message seems to belong to. `sure` joins it; otherwise a person is asked. `how` says why, without
    any personal detail.
    """

    reference: str
    kind: JoinedAs
    how: str
    sure: bool


def find(db: Database, message: Message, landlord: Landlord) -> Match | None:
    """The best match, or None: then it opens a case and nothing is suggested."""
    found = [x for x in (_same_mail(db, message), _answer(db, message, landlord)) if x]
    if not any(x.sure for x in found):
        found += [x for x in (_reference(db, message, landlord), _like(db, message)) if x]
    return next((x for x in found if x.sure), found[0] if found else None)


def in_thread(db: Database, reference: str, message: Message, landlord: Landlord) -> Match:
    """The case in whose thread a colleague put a mail: sure unless the mail is somebody else's than the case."""
    how = "a colleague put it in its thread in Slack"
    its = messages.of_case(db, reference)
    if any(same_text(message, x) and _same_resident(message, x) for x in its):
        return Match(reference, JoinedAs.COPY, how, sure=True)
    if by_staff(message, landlord) or to_resident(db, reference, message, landlord):
        return Match(reference, JoinedAs.STAFF, how, sure=True)
    parties = _parties(db, reference)
    mine = not parties or message.resident.address.lower() in parties
    return Match(reference, JoinedAs.REPLY, how if mine else f"{how}, but somebody else wrote it", sure=mine)


def named(db: Database, text: str) -> Match | None:
    """The case that a note names: a suggestion, because it may be named in passing."""
    found = next((x for x in all_references(text) if events.load(db, x)), None)
    return Match(found, JoinedAs.NOTE, "the note names that case", sure=False) if found else None


def by_staff(message: Message, landlord: Landlord) -> bool:
    """Whether staff wrote it themselves, rather than pass on what somebody else wrote."""
    return message.forwarded_by is None and is_staff(message.sender, landlord.staff_domains)


def to_resident(db: Database, reference: str, message: Message, landlord: Landlord) -> bool:
    """Whether staff wrote it to somebody whose case it is: correspondence (Code 5.12)."""
    return is_staff(message.sender, landlord.staff_domains) and bool(
        _parties(db, reference) & set(message.to)
    )


def _parties(db: Database, reference: str) -> set[str]:
    """The addresses of those whose case it is, in lower case."""
    return {x.resident.address.lower() for x in messages.of_case(db, reference) if x.resident.address}


def _cases(db: Database, value: str, *kinds: str) -> list[str]:
    """The cases whose messages left that trace; one that was merged into another counts as that other."""
    return list(dict.fromkeys(_goes_on(db, x) for x in traces.cases_with(db, value, *kinds)))


def _goes_on(db: Database, reference: str) -> str:
    case = events.load(db, reference)
    for link in case.of(Kind.LINKED)[::-1] if case and case.closed else ():
        if link.data["how"] == How.MERGED_INTO:
            return str(link.data["reference"])
    return reference


def _same_mail(db: Database, message: Message) -> Match | None:
    """The same mail by another path: delivered anew, in two boxes, passed on by one colleague and another."""
    passed_on = message.forwarded_by is not None
    if passed_on and (message.resident.address.lower() in message.to or goes_on(message)):
        return _later_mail(db, message)
    ids = message.inner_ids if passed_on else (message.message_id,) if message.message_id else ()
    for one in ids:
        for reference in _cases(db, one, "own", "inner"):
            for other in messages.of_case(db, reference):
                if one not in (other.message_id, *other.inner_ids) or not _same_resident(message, other):
                    continue
                if same_text(message, other):
                    return Match(reference, JoinedAs.COPY, "by its Message-ID", sure=True)
                if passed_on or other.forwarded_by:
                    how = "a mail with the same Message-ID, by the same resident, in other words"
                    return Match(reference, JoinedAs.COPY, how, sure=False)
    for moment in moments(message):
        for reference in _cases(db, moment, "moment"):
            for other in messages.of_case(db, reference):
                if moment not in moments(other) or not (passed_on or other.forwarded_by):
                    continue
                if same_text(message, other):
                    how = "same resident, same minute, same words"
                    return Match(reference, JoinedAs.COPY, how, sure=True)
                how = "a mail by the same resident, written in the same minute, in other words"
                return Match(reference, JoinedAs.COPY, how, sure=False)
    return None


def _later_mail(db: Database, message: Message) -> Match | None:
    """What quotes a mail that we know like a forward, but says more: staff's answer to the resident, or the thread
    as it went on."""
    for moment in moments(message):
        for reference in _cases(db, moment, "moment"):
            if message.resident.address.lower() in message.to:
                return Match(reference, JoinedAs.STAFF, "it answers a mail of that case", sure=True)
            return Match(
                reference, JoinedAs.REPLY, "it holds a mail of that case and what came after", sure=True
            )
    return None


def _same_resident(one: Message, other: Message) -> bool:
    a, b = one.resident, other.resident
    if a.address and b.address:
        return a.address.lower() == b.address.lower()
    return bool(a.name) and a.name.casefold() == b.name.casefold()


def _answer(db: Database, message: Message, landlord: Landlord) -> Match | None:
    """By In-Reply-To; by References where the subject agrees, because clients recycle those for new topics."""
    if message.in_reply_to:
        found = _cases(db, message.in_reply_to, "own", "inner")
        if found:
            return _judged(db, message, found, "it answers a mail of that case", landlord)
    for reference in reversed(message.references):
        found = [
            x
            for x in _cases(db, reference, "own", "inner")
            if any(like_subject(message.subject, y.subject) for y in messages.of_case(db, x))
        ]
        if found:
            return _judged(db, message, found, "it stands in the thread of that case", landlord)
    if message.message_id:
        found = _cases(db, message.message_id, "passed_on")
        if found:
            return _judged(db, message, found, "a forward in that case answers it", landlord)
    return None


def _reference(db: Database, message: Message, landlord: Landlord) -> Match | None:
    """By our reference in the subject, else in what its sender wrote."""
    for place, text in (("subject", message.subject), ("text", senders_words(message))):
        found = [x for x in all_references(text) if events.load(db, x)]
        if found:
            how = f"its {place} names that case"
            if message.forwarded_by and len(found) == 1:  # who passed it on is staff, and wrote that
                return Match(found[0], JoinedAs.REPLY, how, sure=True)
            return _judged(db, message, found, how, landlord)
    return None


def _like(db: Database, message: Message) -> Match | None:
    """A like subject of the same resident's on an open case: no more than a suggestion."""
    if not message.resident.address or message.channel not in (Channel.EMAIL, Channel.FORWARD):
        return None  # forms and surveys have one subject for all
    mine = _cases(db, message.resident.address.lower(), "resident")
    for reference in mine[: -LOOKED_AT - 1 : -1]:
        case = events.load(db, reference)
        if case is None or case.closed:
            continue
        if any(like_subject(message.subject, x.subject) for x in messages.of_case(db, reference)):
            how = "the same resident wrote under a like subject"
            return Match(reference, JoinedAs.REPLY, how, sure=False)
    return None


def _judged(db: Database, message: Message, found: list[str], how: str, landlord: Landlord) -> Match:
    """Sure where it is one case, and the sender is its resident or staff; what others write is never mixed in."""
    reference, staff = found[0], by_staff(message, landlord)
    if len(found) > 1:
        return Match(reference, JoinedAs.REPLY, f"{how}, and others", sure=False)
    if staff or to_resident(db, reference, message, landlord):
        return Match(reference, JoinedAs.STAFF, how, sure=True)
    if message.resident.address.lower() in _parties(db, reference):
        return Match(reference, JoinedAs.REPLY, how, sure=True)
    return Match(reference, JoinedAs.REPLY, f"{how}, but somebody else wrote it", sure=False)
