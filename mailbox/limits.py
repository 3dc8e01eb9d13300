"""How much of a hostile mail is read (email.md, section 10); what lies beyond is left out with a note."""

MESSAGE_BYTES = 40 * 1024 * 1024
"""Above this only the headers and the text are read."""
LEFT_BEHIND = "x-putright-left-behind"
"""The header oversize.py puts on top of such a mail; its value is the size of the whole in bytes."""
HEADER_FIELD_BYTES = 8 * 1024
HEADER_BLOCK_BYTES = 256 * 1024
REFERENCES = 50
MIME_DEPTH = 50
PARTS = 500
TEXT_CHARACTERS = 2 * 1024 * 1024
"""Of one mail's text, all parts and HTML markup counted."""
ATTACHED_MAILS = 20
LINES = 800_000
"""Of one mail as it comes, long runs of base64 not counted."""
HTML_TAGS = 60_000
"""Above this tables, lists and hidden text are no longer laid out; the text is taken as it stands."""
SCANNED_LINES = 60_000
"""Searched for forwarded mails."""

LABEL_VALUE_CHARACTERS = 2_000
ONE_LINE_BLOCK_CHARACTERS = 4_000
BLOCK_LINES = 40
HOPS = 20
"""Earlier mails listed from one message; real forwards have one to four."""

PARSE_SECONDS = 5.0
"""Of one mail, in the child process, by the clock on the wall."""
PARSE_BYTES = 512 * 1024 * 1024
