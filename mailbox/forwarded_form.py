"""A web form's mail that staff pass on: its fields say whose matter it is, where its sender cannot."""

from collections.abc import Mapping
from dataclasses import replace

from putright.cases.labels import Channel
from putright.cases.message import Message, Person
from putright.mailbox import hop_text, web_form

_SAYS_WHO = "Staff forwarded a web form's mail; its fields say who filled it in."


def with_fields(
    message: Message, channels: Mapping[str, Channel], forms: Mapping[str, Mapping[str, str]], unsaid: str
) -> Message:
    """The message with the fields of the innermost form in it; as it is where there is none, or staff did not send it.

    `unsaid` is the note that nobody knows who the resident is: it goes when a form says so.
    """
    if message.forwarded_by is None or message.fields:
        return message
    senders = [hop.sender.address for hop in message.hops]
    number = next((n for n in reversed(range(len(senders))) if _is_form(senders[n], channels, forms)), None)
    if number is None:
        return message
    known = web_form.labels(forms.get(senders[number], {}))
    form = web_form.read(hop_text.texts(message)[number], "", known)
    if form is None or form.person == Person():
        return message
    notes = (*(x for x in message.notes if x != unsaid), _SAYS_WHO)
    return replace(message, resident=form.person, fields=form.fields, notes=notes)


def _is_form(address: str, channels: Mapping[str, Channel], forms: Mapping[str, Mapping[str, str]]) -> bool:
    return bool(address) and (address in forms or channels.get(address) is Channel.WEBFORM)
