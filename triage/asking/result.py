"""What an answer is: a sentence, the cases it is about, and further lines."""

from dataclasses import dataclass

from putright.storage.cases import Row


@dataclass(frozen=True, slots=True)
class Answer:
    """A sentence, the cases it is about (may be none), and further lines."""

    sentence: str
    rows: tuple[Row, ...] = ()
    lines: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    """Lines with what was written on a case: for the asker's eyes, never for a notification or a channel."""
    missing: bool = False
    """Whether the case that was asked for is not there, or not for the asker."""
    about: str = ""
    """The reference of the one case it is about, if it is about one."""
    page: int = 1
    """Which page of the cases is asked for, where they are shown in pages."""


def number(count: int, noun: str) -> str:
    """`1 case`, `2 cases`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
