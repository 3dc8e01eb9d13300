"""Paragraphs that a mail system or an employer put above or below what somebody wrote."""

_PHRASES = tuple(
    """\
this email and any files
this e-mail and any files
this message and any files
this email and any attachment
this e-mail and any attachment
this message and any attachment
this email (and any attachment
this email, and any
this e-mail, and any
this email is confidential
this e-mail is confidential
this message is confidential
this email may contain confidential
this email contains confidential
this message contains confidential
this e-mail contains confidential
this communication is confidential
this transmission is confidential
the information in this email
the information contained in this
the contents of this email
the contents of this e-mail
this email is intended
this e-mail is intended
this message is intended
this email is for the
if you are not the intended recipient
if you have received this email in error
confidentiality notice
if you have received this message in error
disclaimer:
email disclaimer
legal disclaimer
any views or opinions
the views expressed in this
please consider the environment before
think before you print
virus-free
this email has been scanned
this message has been scanned
this email was scanned
this email has been checked for viruses
we cannot accept liability for
caution: this email originated
caution: external
caution - external
caution: this message
this email originated from outside
this message originated from outside
external email:
external sender
warning: external
warning: this email
[external email]
*** external
you don't often get email from
some people who received this message don't often get email from
this sender is from outside
this email is from an external
[caution
[warning: external
diese e-mail enthält vertrauliche
diese e-mail kann vertrauliche
ce message et toutes les pièces
ce courriel est confidentiel
este mensaje y sus archivos
este correo electrónico
le informazioni contenute
dit bericht is vertrouwelijk
de informatie in dit e-mailbericht
niniejsza wiadomość
""".splitlines()
)
"""How such a paragraph begins, in lower case, a phrase a line."""
_BANNER_WORDS = (
    "click",
    "links",
    "attachments",
    "recogni",
    "the sender",
    "content is safe",
    "phishing",
    "suspicious",
)
_OPENING_CHARACTERS = 300
_ABOVE, _BELOW = 2, 8
"""So many paragraphs from either end may be one: in the middle somebody speaks."""


def lines(texts: list[str]) -> set[int]:
    """The numbers of those lines that belong to a disclaimer's paragraph; `texts` are what one person sent."""
    paragraphs = _paragraphs(texts)
    outer = [*paragraphs[:_ABOVE], *paragraphs[max(_ABOVE, len(paragraphs) - _BELOW) :]]
    found: set[int] = set()
    for first, stop in outer:
        opening = " ".join(texts[first:stop])[:_OPENING_CHARACTERS].lower().replace("’", "'").lstrip(" *_[>-")
        if opening.startswith(_PHRASES):
            found.update(range(first, _banner_end(texts, first, stop) if first == paragraphs[0][0] else stop))
    return found


def _banner_end(texts: list[str], first: int, stop: int) -> int:
    """Where the banner on top of a mail ends: what follows it without an empty line may be somebody's words."""
    at = first + 1
    while at < stop and any(word in texts[at].lower() for word in _BANNER_WORDS):
        at += 1
    return at


def _paragraphs(texts: list[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    first = None
    for number, text in enumerate([*texts, ""]):
        if text and first is None:
            first = number
        elif not text and first is not None:
            found.append((first, number))
            first = None
    return found
