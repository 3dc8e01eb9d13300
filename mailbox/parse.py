"""A mail's bytes to a Message: a pure function, the only way from one to the other."""

import re
from collections.abc import Mapping
from datetime import datetime

from putright.cases.labels import Channel
from putright.cases.message import Attachment, Message, Person
from putright.mailbox import addresses, dates, forwards, headers, limits, machine_mail, original, parts, spans
from putright.mailbox.fingerprint import fingerprint
from putright.mailbox.limits import LEFT_BEHIND

_OUTLOOK_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an OLE compound file: what .msg is
_ATTACHED_DEPTH = 5
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,500}>")


class UnreadableMail(Exception):
    """Nothing can be made of these bytes; the text is one plain sentence that says what to do."""


def parse(
    raw: bytes,
    arrived: datetime,
    staff_domains: frozenset[str],
    source_channel: Channel | None = None,
    channels: Mapping[str, Channel] | None = None,
) -> Message:
    """Read one mail; raises UnreadableMail for what is no mail at all, and nothing else.

    `arrived` (aware) counts where the mail shows no date. Mail from `staff_domains` (lower case) is trusted to
    say whose mail it forwards. `channels` says for addresses that send on behalf of residents (a web form, a survey)
    which channel they are; `source_channel` overrules everything.
    """
    _refuse(raw)
    mail = headers.split(raw[: limits.MESSAGE_BYTES])
    body, attachments, notes = _contents(mail, 0)
    if len(raw) > limits.MESSAGE_BYTES or mail.has(LEFT_BEHIND):
        notes.append("The mail is larger than 40 MB, so attachments were left in the mailbox.")
    sender = addresses.sender(mail.raw("from") or mail.raw("sender"))
    if not sender.address:
        notes.append("The mail does not show who sent it.")
    subject = mail.text("subject")
    sent, received_from, date_notes = dates.sent(mail.text("date"), mail.text("received"), arrived)
    notes += date_notes

    by_staff = original.is_staff(sender, staff_domains)
    served = (channels or {}).get(sender.address)
    blocks = forwards.blocks(body.split("\n"))
    forwarded = _is_forward(blocks, subject, by_staff)
    chain = original.hops(blocks, sent) if forwarded else ()
    resident, received_at = Person() if by_staff else sender, sent
    if not forwarded:
        marked = spans.direct(body, blocks)
        if by_staff and blocks and not blocks[0].wrote:
            notes.append(
                "This is a reply by staff to a mail that it quotes; a person should check whose matter it is."
            )
    elif by_staff:
        found = original.find(chain, staff_domains, sent)
        resident, received_at, received_from = found.resident, found.received_at, found.received_from
        notes += found.notes
        marked = spans.forward(body, blocks, found.outside, found.hop, covered=True)
    else:
        notes.append(
            "It holds a forwarded mail, but staff did not send it, so it counts as its sender's own."
        )
        outside = tuple(not original.is_staff(hop.sender, staff_domains) for hop in chain)
        marked = spans.forward(body, blocks, outside, len(chain), covered=False)
    if served:
        answer_to = addresses.sender(mail.raw("reply-to"))
        resident = answer_to if answer_to.address else resident if forwarded else Person()
    trusted = forwarded and by_staff
    return Message(
        id=fingerprint(raw),
        channel=source_channel or served or (Channel.FORWARD if trusted else Channel.EMAIL),
        subject=subject,
        body=body,
        sender=sender,
        resident=resident,
        received_at=received_at,
        received_from=received_from,
        forwarded_by=sender if trusted else None,
        message_id=_first_id(mail.text("message-id")),
        in_reply_to=_first_id(mail.text("in-reply-to")),
        references=tuple(_MESSAGE_ID.findall(mail.text("references"))[-limits.REFERENCES :]),
        attachments=tuple(attachments),
        spans=marked,
        hops=chain,
        notes=tuple(dict.fromkeys(notes)),
        machine_mail=machine_mail.reason(mail, sender, vouched=trusted or served is not None),
    )


def _refuse(raw: bytes) -> None:
    if not raw.strip(b"\0 \t\r\n"):
        raise UnreadableMail("The mail is empty; ask its sender to send it again.")
    if raw.startswith(_OUTLOOK_FILE):
        raise UnreadableMail(
            "This is an Outlook .msg file, which cannot be read yet; save it as .eml and take that in."
        )


def _contents(mail: headers.Mail, depth: int) -> tuple[str, list[Attachment], list[str]]:
    """The whole readable text of a mail, with each attached mail below it as a forward would show it."""
    contents = parts.read(mail)
    texts = [contents.text.strip("\n")]
    attachments, notes = contents.attachments, [*mail.notes, *contents.notes]
    for attached in contents.mails if depth < _ATTACHED_DEPTH else ():
        inner = headers.split(attached)
        text, inner_attachments, inner_notes = _contents(inner, depth + 1)
        texts.append(_as_forwarded(inner, text))
        attachments += inner_attachments
        notes += inner_notes
    return "\n\n".join(text for text in texts if text), attachments, notes


def _as_forwarded(mail: headers.Mail, text: str) -> str:
    """An attached mail as the lines of a forward, so that it is found, read and shown like one."""
    shown = [("From", str(addresses.sender(mail.raw("from"))))]
    shown += [(name.title(), mail.text(name)) for name in ("date", "to", "subject")]
    block = "\n".join(f"{name}: {value}" for name, value in shown)
    return f"---------- Attached message ----------\n{block}\n\n{text}"


def _is_forward(blocks: list[forwards.Block], subject: str, by_staff: bool) -> bool:
    """Whether the header blocks in a body are forwarded mail, and not what a reply quotes (email.md, 4.3 rule 3)."""
    if not blocks:
        return False
    if blocks[0].wrote:
        return forwards.is_forward(subject)
    # Staff who answer with a forward's separator above the block most often pass it on; residents quote us.
    return not forwards.is_reply(subject) or (by_staff and blocks[0].worded)


def _first_id(text: str) -> str:
    found = _MESSAGE_ID.search(text)
    return found[0] if found else ""
