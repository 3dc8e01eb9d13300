"""A mail's bytes to a Message: a pure function, the only way from one to the other."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from putright.cases.labels import Channel
from putright.cases.message import Attachment, FormField, Hop, Message, Person, Span
from putright.mailbox import (
    addresses,
    dates,
    forwarded_form,
    forwards,
    headers,
    labels,
    limits,
    machine_mail,
    machine_words,
    one_line,
    original,
    outlook_file,
    parts,
    spans,
    web_form,
)
from putright.mailbox.fingerprint import fingerprint

ATTACHED_DEPTH = 5
"""How deep mails attached to mails are read."""
_STAFF_ANSWER = "This is a reply by staff to a mail that it quotes; a person should check whose matter it is."
_NOT_BY_STAFF = "It holds a forwarded mail, but staff did not send it, so it counts as its sender's own."
_NO_FORM = (
    "The form's fields were not recognised, so the mail was read as plain text; [[web_form]] can name them."
)
_NO_STORY = (
    "The form does not show what happened, so its whole text counts; [[web_form]] can name that field."
)
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,500}>")


class UnreadableMail(Exception):
    """Nothing can be made of these bytes; the text is one plain sentence that says what to do."""


def parse(
    raw: bytes,
    arrived: datetime,
    staff_domains: frozenset[str],
    source_channel: Channel | None = None,
    channels: Mapping[str, Channel] | None = None,
    forms: Mapping[str, Mapping[str, str]] | None = None,
) -> Message:
    """Read one mail; raises UnreadableMail for what is no mail at all, and nothing else.

    `arrived` (aware) counts where the mail shows no date. Mail from `staff_domains` (lower case) is trusted to
    say whose mail it forwards. `channels` says for addresses that send on behalf of residents (a web form, a survey)
    which channel they are; `source_channel` overrules everything. `forms` says for a web form's address which of its
    labels stands for what (the values of web_form.Kind), beside the usual ones.
    """
    mail = headers.split(mime(raw)[: limits.MESSAGE_BYTES])
    body, attachments, notes, inner_ids = _contents(mail, 0)
    if len(raw) > limits.MESSAGE_BYTES or mail.has(limits.LEFT_BEHIND):
        notes.append("The mail is larger than 40 MB, so attachments were left in the mailbox.")
    sender = addresses.sender(mail.raw("from") or mail.raw("sender"))
    if not sender.address:
        notes.append("The mail does not show who sent it.")
    subject = mail.text("subject")
    sent, sent_from, date_notes = dates.sent(mail.text("date"), mail.text("received"), arrived)
    body = one_line.broken(body, subject)
    matter = _matter(sender, subject, body, sent, staff_domains)
    own_labels = (forms or {}).get(sender.address)
    served = (channels or {}).get(sender.address) or (None if own_labels is None else Channel.WEBFORM)
    resident = matter.resident
    fields: tuple[FormField, ...] = ()
    if served:
        answer_to = addresses.sender(mail.raw("reply-to"))
        resident = answer_to if answer_to.address or not matter.passed_on else resident
    if served is Channel.WEBFORM:
        form = web_form.read(body, parts.read(mail).html, web_form.labels(own_labels or {}))
        if form is None:
            notes.append(_NO_FORM)
        else:
            fields, body, matter = form.fields, form.words or body, _form_matter(form.words or body, sent)
            resident = _filled_in_by(form.person, resident)
            notes += [] if form.words else [_NO_STORY]
    message = Message(
        id=fingerprint(raw),
        channel=source_channel or served or (Channel.FORWARD if matter.passed_on else Channel.EMAIL),
        subject=subject,
        body=body,
        sender=sender,
        resident=resident,
        received_at=matter.received_at,
        received_from=matter.received_from or sent_from,
        forwarded_by=sender if matter.passed_on else None,
        message_id=_first_id(mail.text("message-id")),
        in_reply_to=_first_id(mail.text("in-reply-to")),
        references=tuple(_MESSAGE_ID.findall(mail.text("references"))[-limits.REFERENCES :]),
        attachments=tuple(attachments),
        spans=matter.spans,
        hops=matter.hops,
        notes=tuple(dict.fromkeys([*notes, *date_notes, *matter.notes])),
        fields=fields,
        to=addresses.recipients(mail.raw("to"), mail.raw("cc")),
        sent_at=sent,
        inner_ids=tuple(inner_ids),
        machine_mail=machine_mail.reason(
            mail,
            sender,
            vouched=matter.passed_on or served is not None,
            own_domains=staff_domains,
            words="\n".join(body[x.start : x.end] for x in matter.spans if x.kind == "words"),
        )
        or ("" if matter.passed_on or served else machine_words.reason(mail, sender, subject, body)),
    )
    return forwarded_form.with_fields(message, channels or {}, forms or {}, original.ALL_BY_STAFF)


@dataclass(frozen=True, slots=True)
class _Matter:
    """Whose matter a mail is and since when, with what shows it."""

    resident: Person
    received_at: datetime
    spans: tuple[Span, ...]
    received_from: str = ""
    hops: tuple[Hop, ...] = ()
    notes: tuple[str, ...] = ()
    passed_on: bool = False
    """Whether it is a forward by staff, who alone are trusted to say whose mail they forward."""


def _form_matter(words: str, sent: datetime) -> _Matter:
    """A form is nobody's forward: all of its words are the resident's."""
    return _Matter(Person(), sent, (Span(0, len(words), "words"),))


def _filled_in_by(said: Person, answer_to: Person) -> Person:
    """Who filled in a form: as its fields say, else to whom an answer would go."""
    if said.address and said.address != answer_to.address:
        return said
    return Person(said.name or answer_to.name, answer_to.address)


def _matter(
    sender: Person, subject: str, body: str, sent: datetime, staff_domains: frozenset[str]
) -> _Matter:
    lines = body.split("\n")
    blocks = forwards.blocks(lines, subject)
    by_staff = original.is_staff(sender, staff_domains)
    if by_staff and blocks and not forwards.is_forward(subject) and not _by_a_program(blocks, lines, sent):
        blocks = []
    if not _is_forward(blocks, subject, by_staff):
        answered = by_staff and any(not block.wrote for block in blocks)
        return _Matter(
            resident=Person() if by_staff else sender,
            received_at=sent,
            spans=spans.direct(body, blocks),
            notes=(_STAFF_ANSWER,) if answered else (),
        )
    hops = original.hops(blocks, sent, subject)
    if not by_staff:
        outside = tuple(not original.is_staff(hop.sender, staff_domains) for hop in hops)
        marked = spans.forward(body, blocks, outside, len(hops), covered=False)
        return _Matter(sender, sent, marked, hops=hops, notes=(_NOT_BY_STAFF,))
    found = original.find(blocks, hops, staff_domains, sent)
    marked = spans.forward(body, blocks, found.outside, found.hop, covered=True)
    return _Matter(
        found.resident, found.received_at, marked, found.received_from, hops, found.notes, passed_on=True
    )


def mime(raw: bytes) -> bytes:
    """A mail's bytes as a mail, also where they are an Outlook file's. Raises UnreadableMail for what is neither."""
    if not raw.strip(b"\0 \t\r\n"):
        raise UnreadableMail("The mail is empty; ask its sender to send it again.")
    if not raw.startswith(outlook_file.SIGNATURE):
        return raw
    try:
        return outlook_file.as_mail(raw)
    except outlook_file.NoOutlookMail as error:
        raise UnreadableMail(
            "This Outlook .msg file could not be read; open it in Outlook, save it as .eml and take that in."
        ) from error


def _contents(mail: headers.Mail, depth: int) -> tuple[str, list[Attachment], list[str], list[str]]:
    """The whole readable text of a mail, with each attached mail below it as a forward would show it; its
    attachments, notes, and the Message-IDs of the attached mails."""
    contents = parts.read(mail)
    texts = [contents.text.strip("\n")]
    attachments, notes = contents.attachments, [*mail.notes, *contents.notes]
    ids: list[str] = []
    for attached in contents.mails[: limits.ATTACHED_MAILS] if depth < ATTACHED_DEPTH else ():
        inner = headers.split(attached)
        text, inner_attachments, inner_notes, deeper = _contents(inner, depth + 1)
        ids += [x for x in (_first_id(inner.text("message-id")), *deeper) if x]
        texts.append(_as_forwarded(inner, text))
        attachments += inner_attachments
        notes += inner_notes
    whole = "\n\n".join(text for text in texts if text)
    return whole[: limits.TEXT_CHARACTERS], attachments, notes, ids


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
    first, meant = blocks[0], forwards.is_forward(subject)
    if first.wrote:
        return meant
    if forwards.is_reply(subject, first.languages):
        # Staff who answer with a forward's separator above the block most often pass it on; residents quote us.
        return by_staff and first.worded
    if meant or first.worded:
        return meant or not first.answered
    # Some people head a letter with From, To and Date; mail programs show an address or a time.
    return not first.answered and (by_staff or "@" in first.sender or ":" in first.date)


def _by_a_program(blocks: list[forwards.Block], lines: list[str], sent: datetime) -> bool:
    """Whether a mail program wrote any of the blocks: a note of a phone call may have such labels too."""
    return any(
        block.wrote
        or block.worded
        or labels.label(labels.bare(lines[block.start]))
        is None  # a rule or a line that separates stands above
        or any("@" in value for value in block.values.values())
        or ":" in block.date
        or dates.written_date(block.date, sent, block.languages)[0] is not None
        for block in blocks
    )


def _first_id(text: str) -> str:
    found = _MESSAGE_ID.search(text)
    return found[0] if found else ""
