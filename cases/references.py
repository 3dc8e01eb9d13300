"""Case references: HC-YYYY-NNNN, for every label, never changed."""

import re

_APART = r"[\s_/\u2010-\u2014-]*"  # also the dashes a word processor makes of a hyphen
_LOOSE = re.compile(rf"\bhc{_APART}(\d{{4}}){_APART}(\d{{1,6}})\b", re.IGNORECASE)


def reference(year: int, number: int) -> str:
    """`HC-2026-0012` for the twelfth case logged in 2026."""
    return f"HC-{year:04d}-{number:04d}"


def whole_reference(text: str) -> str | None:
    """The reference that a text is, made regular; None when it is anything more or less than one."""
    found = _LOOSE.fullmatch(text.strip())
    return reference(int(found[1]), int(found[2])) if found else None


def find_reference(text: str) -> str | None:
    """The first case reference in what a person typed, made regular: `hc 2026 12` is HC-2026-0012."""
    found = _LOOSE.search(text)
    return reference(int(found[1]), int(found[2])) if found else None


def all_references(text: str) -> tuple[str, ...]:
    """Every case reference in a text, made regular, each once."""
    return tuple(dict.fromkeys(reference(int(x[1]), int(x[2])) for x in _LOOSE.finditer(text)))
