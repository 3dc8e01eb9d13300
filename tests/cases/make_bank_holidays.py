"""Makes cases/bank_holidays_england.json from the `holidays` package: python -m tests.cases.make_bank_holidays.

The package is a development dependency only. Weekend originals that have a substitute day are left out: they
change no count and would only confuse a list. `subdiv="ENG"` matters: without it the package drops Easter
Monday and the summer bank holiday.
"""

import json
from datetime import date
from importlib.metadata import version
from pathlib import Path

import holidays

FIRST, LAST = date(2019, 1, 1), date(2028, 12, 31)
COMPUTED_FROM = date(2028, 1, 1)
"""The government's published list reaches to the end of 2027; from here the package computes by its rules."""
TARGET = Path(__file__).parents[2] / "cases" / "bank_holidays_england.json"


def made(made_on: str) -> str:
    """The file's text."""
    days = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST.year, LAST.year + 1))
    return (
        json.dumps(
            {
                "nation": "England",
                "source": f"holidays {version('holidays')}, GB, subdiv ENG; checked against the published list "
                "of GOV.UK for 2019 to 2027",
                "made_on": made_on,
                "first_day": FIRST.isoformat(),
                "last_day": LAST.isoformat(),
                "computed_from": COMPUTED_FROM.isoformat(),
                "days": {
                    day.isoformat(): name
                    for day, name in sorted(days.items())
                    if FIRST <= day <= LAST and day.weekday() < 5
                },
            },
            indent=1,
        )
        + "\n"
    )


if __name__ == "__main__":
    TARGET.write_text(made(date.today().isoformat()), encoding="utf-8")  # noqa: DTZ011 - the day it was made
