"""make bench: speed, memory and how right the readings are, beside named baselines measured in the same run."""

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks import cases, mail, reading, slack, tweets


def main() -> None:
    """Run the named parts, or all but `tweets`, which wants a file that is not ours to give."""
    told = arguments()
    parts: dict[str, Callable[[], Iterable[object]]] = {
        "reading": lambda: reading.measure(told.folds),
        "mail": mail.measure,
        "cases": lambda: cases.measure(told.million),
        "slack": slack.measure,
        "tweets": lambda: tweets.measure(told.csv),
    }
    for name in told.parts or ("reading", "mail", "cases", "slack"):
        print(f"\n{name}", flush=True)  # noqa: T201
        for figure in parts[name]():
            print("\n".join(f"  {line}" for line in str(figure).split("\n")), flush=True)  # noqa: T201


def arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="python -m benchmarks")
    asked.add_argument("parts", nargs="*", metavar="PART", help="reading, mail, cases, slack, tweets")
    asked.add_argument(
        "--folds",
        type=int,
        default=reading.FOLDS,
        help="groups of whole files, each read by what learned from the others (reading; 99: each file by itself)",
    )
    asked.add_argument("--million", action="store_true", help="also 1,000,000 cases: 20 minutes (cases)")
    asked.add_argument("--csv", type=Path, help="id, text, label 0/1, domain; no header (tweets)")
    told = asked.parse_args()
    unknown = set(told.parts) - {"reading", "mail", "cases", "slack", "tweets"}
    if unknown:
        asked.error(f"There is no part {min(unknown)!r}: say reading, mail, cases, slack or tweets.")
    if told.folds < 2:
        asked.error("At least two groups are needed: what is read must not have been learned from.")
    if "tweets" in told.parts and told.csv is None:
        asked.error("The part tweets wants --csv PATH.")
    return told


if __name__ == "__main__":
    main()
