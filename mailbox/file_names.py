"""Names of attachments are data from outside: made fit for a file of ours, and never followed as paths."""

import unicodedata

LONGEST = 120
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
_NOT_IN_NAMES = '<>:"|?*/\\'


def file_name(sent: str) -> str:
    """A plain file name out of a name as sent: without folders, control characters and leading dots, never empty."""
    last = sent.replace("\\", "/").rstrip("/").rpartition("/")[2]
    kept = "".join(
        x for x in unicodedata.normalize("NFC", last) if x.isprintable() and x not in _NOT_IN_NAMES
    ).strip(". ")
    stem, dot, suffix = kept.rpartition(".")
    if not stem or len(suffix) > 10:
        stem, dot, suffix = kept, "", ""
    while len(f"{stem}{dot}{suffix}".encode()) > LONGEST:
        stem = stem[:-1]
    name = f"{stem.rstrip('. ')}{dot}{suffix}"
    if not name.strip("."):
        return "attachment"
    return f"_{name}" if stem.split(".")[0].casefold() in _RESERVED else name
