"""Read dates as help-centre pages write them: `5 Sept 2023` and `Sep 5, 2023`."""

import re
from datetime import date

DATE = r"(?:[0-9]{1,2} [A-Za-z]{3,9}\.? [0-9]{4}|[A-Za-z]{3,9}\.? [0-9]{1,2}, [0-9]{4})"
_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTHS = {name[:3]: number for number, name in enumerate(_NAMES, start=1)} | {
    name: number for number, name in enumerate(_NAMES, start=1)
}
_MONTHS["sept"] = _MONTHS["sep"]


def parse_date(written: str) -> date | None:
    """Return the date that matches `DATE`, None when the calendar has no such day or month."""
    month = re.sub("[^a-z]", "", written.lower())
    day, year = re.findall("[0-9]+", written)
    try:
        return date(int(year), _MONTHS.get(month, 0), int(day))
    except ValueError:
        return None
