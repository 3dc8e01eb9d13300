"""Which mail inside a forward is the resident's, and when the landlord was first told (email.md, section 4)."""

from dataclasses import dataclass
from datetime import datetime

from putright.cases.message import Hop, Person
from putright.mailbox import dates
from putright.mailbox.addresses import domain, person
from putright.mailbox.forwards import Block, Field, is_reply
from putright.mailbox.subjects import without_forward


@dataclass(frozen=True, slots=True)
class Original:
    """The mail the case is about: hop number `hop`, with the date that starts the clock."""

    hop: int
    outside: tuple[bool, ...]
    """For each hop whether its sender is taken for somebody who is not staff."""
    resident: Person
    received_at: datetime
    received_from: str
    notes: tuple[str, ...]


ALL_BY_STAFF = "Every mail in the forward is by staff, so it does not say who the resident is."


def hops(blocks: list[Block], sent: datetime, subject: str) -> tuple[Hop, ...]:
    """The header blocks as hops; `sent` is the forward's own date, which settles doubtful ones.

    A block without a subject (`On … wrote:`) has the forward's own one, `subject`, less its `FW:`.
    """
    unsaid = without_forward(subject)
    return tuple(
        Hop(
            sender=person(block.sender),
            date=dates.written_date(block.date, sent, block.languages)[0],
            date_text=block.date,
            subject=block.subject if Field.SUBJECT in block.values else unsaid if number == 0 else "",
            lines=(block.start, block.end - 1),
        )
        for number, block in enumerate(blocks)
    )


def is_staff(who: Person, staff_domains: frozenset[str]) -> bool:
    return domain(who.address) in staff_domains


def find(
    blocks: list[Block], chain: tuple[Hop, ...], staff_domains: frozenset[str], sent: datetime
) -> Original:
    """The deepest mail that is not staff's, out of a forward by staff sent at `sent`; never guessed in silence.

    Telling any member of staff is telling the landlord (Code 3.2), so that mail's own date starts the clock.
    """
    notes: list[str] = []
    outside = _outside(chain, staff_domains)
    chosen = _chosen(chain, outside, notes)
    hop = chain[chosen]
    staff = is_staff(hop.sender, staff_domains)
    if staff:
        notes.append(ALL_BY_STAFF)
    elif not hop.sender.address:
        notes.append(
            "The forward does not show the resident's mail address; a person should confirm who it is."
        )
    date, doubt = dates.written_date(hop.date_text, sent, blocks[chosen].languages)
    received_from = "the forwarded mail's own date"
    if date is None:
        untrue = dates.cannot_be_true(hop.date_text)
        problem = "cannot be true" if untrue else "is missing or has no year"
        notes.append(f"The forwarded mail's date {problem}, so the forward's own date counts.")
        date, received_from = sent, "the forward's own date"
    elif date > sent:
        notes.append("The forwarded mail's date is later than the forward, so the forward's own date counts.")
        date, received_from = sent, "the forward's own date"
    elif doubt:
        notes.append(doubt)
    return Original(chosen, outside, Person() if staff else hop.sender, date, received_from, tuple(notes))


def _outside(chain: tuple[Hop, ...], staff_domains: frozenset[str]) -> tuple[bool, ...]:
    addressed = tuple(bool(hop.sender.address) and not is_staff(hop.sender, staff_domains) for hop in chain)
    # A sender without an address is most often a colleague on the same Exchange server.
    return addressed if any(addressed) else tuple(not hop.sender.address for hop in chain)


def _chosen(chain: tuple[Hop, ...], whether_outside: tuple[bool, ...], notes: list[str]) -> int:
    outside = [number for number, is_outside in enumerate(whether_outside) if is_outside]
    if not outside:
        return len(chain) - 1
    first, chosen = chain[outside[0]], outside[-1]
    if is_reply(first.subject):  # what somebody outside quotes from others is not forwarded by staff
        chosen = max(number for number in outside if chain[number].sender.address == first.sender.address)
    senders = {chain[number].sender.address for number in outside}
    if len(senders) > 1:
        notes.append(
            "The forward holds mails from several outside senders; a person should confirm the resident."
        )
    elif chosen != outside[0]:
        notes.append(
            "The forward holds several mails from the resident; the first one sent starts the clock."
        )
    return chosen
