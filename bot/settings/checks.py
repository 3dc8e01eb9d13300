"""What one setting may be: each check gives the value, or a sentence that names the setting and what it takes."""

import difflib
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from putright.bot.settings.known import KNOWN

T = TypeVar("T")
ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")


class SettingsProblem(Exception):
    """Settings are wrong: one sentence that names each and says what it may be; `sentences` holds them all."""

    def __init__(self, first: str, *others: str) -> None:
        more = len(others)
        hint = f" {more} more {'is' if more == 1 else 'are'} wrong: `putright doctor` lists them all."
        super().__init__(first + (hint if others else ""))
        self.sentences = (first, *others)


class Found:
    """Collects what is wrong: each wrong setting is named, and its default stands in so that the rest is read."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def take(self, default: T, read: Callable[..., T], *given: Any) -> T:
        """What `read` makes of what is `given`, or the default where that is wrong."""
        try:
            return read(*given)
        except SettingsProblem as problem:
            self.problems += problem.sentences
            return default

    def table(self, value: Any, name: str) -> Mapping[str, Any]:
        """A section less what is not known in it; a slip of the pen is named with what was probably meant."""
        if not isinstance(value, dict):
            self.problems.append(f"The setting {name} is a section, written [{name}].")
            return {}
        known = KNOWN[name]
        for key in value:
            if key not in known:
                full = f"{name}.{key}" if name else key
                near = difflib.get_close_matches(key, known, 1)
                hint = f"Did you mean {near[0]}?" if near else f"Known here: {', '.join(known)}."
                self.problems.append(f"There is no setting {full}. {hint}")
        return {key: value[key] for key in known if key in value}


def text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise SettingsProblem(f'The setting {name} is text in quotes, such as {name.split(".")[-1]} = "…".')
    return value


def filled(value: Any, name: str) -> str:
    """A text that is not empty."""
    filled_in = text(value, name).strip()
    if not filled_in:
        raise SettingsProblem(f"The setting {name} is empty: fill it in, or leave the line out.")
    return filled_in


def number(value: Any, name: str, least: float, most: float) -> float:
    """A number between two, both included; true and false are none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise SettingsProblem(f"The setting {name} is a number from {least:g} to {most:g}, not {value!r}.")
    return float(value)


def whole(value: Any, name: str, least: int, most: int) -> int:
    given = number(value, name, least, most)
    if given != int(given):
        raise SettingsProblem(f"The setting {name} is a whole number, not {value!r}.")
    return int(given)


def truth(value: Any, name: str) -> bool:
    if not isinstance(value, bool):
        raise SettingsProblem(f"The setting {name} is true or false, not {value!r}.")
    return value


def texts(value: Any, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(x, str) for x in value):
        raise SettingsProblem(f'The setting {name} is a list of texts, such as ["…", "…"].')
    return tuple(value)


def entries(value: Any, name: str) -> list[Any]:
    """Sections that may come several times."""
    if not isinstance(value, list) or not all(isinstance(x, dict) for x in value):
        raise SettingsProblem(f"Each {name} is a section written [[{name}]], with two brackets.")
    return value


def address(value: Any, name: str) -> str:
    given = text(value, name).strip().lower()
    if not ADDRESS.fullmatch(given):
        raise SettingsProblem(f'The setting {name} is a mail address such as "forms@harrowmere.example".')
    return given


def secret(name: str, environment: Mapping[str, str]) -> str:
    """A secret from the environment, or from the file that `NAME_FILE` names; empty when neither is set."""
    path = environment.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is no text"
            raise SettingsProblem(
                f"{name}_FILE names a file that cannot be read ({reason}). Check its path and rights."
            ) from error
    return environment.get(name, "").strip()
