"""make bench: speed and memory, each figure as a ratio to a named baseline measured in the same run."""

import sys

from benchmarks import cases, mail, reading

PARTS = {"reading": reading.measure, "mail": mail.measure, "cases": cases.measure}


def main() -> None:
    """Run the named parts, or all: python -m benchmarks [reading] [mail] [cases]."""
    for name in sys.argv[1:] or PARTS:
        print(f"\n{name}")  # noqa: T201
        for figure in PARTS[name]():
            print(f"  {figure}")  # noqa: T201


if __name__ == "__main__":
    main()
