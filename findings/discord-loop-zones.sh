#!/usr/bin/env bash
# discord.py 2.7.1
# Expected: the documentation of discord.ext.tasks.loop says that time takes several times of day, that time zones are
# supported, and that duplicate times run once. So what runs at 9:00 in Berlin and at 9:00 in New York runs twice a day.
# Instead times in zones of zoneinfo are compared by what the clock on the wall shows. Those two are taken for
# duplicates, and one is gone. Two that differ are sorted wrongly, and the one that comes first in the day is skipped.
# Seen: "9:00 in Berlin and 9:00 in New York: ['09:00 Europe/Berlin'] is left" and
#       "9:00 in New York and 10:00 in Tokyo: runs in a week: America/New_York 7, Asia/Tokyo 1"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet discord.py==2.7.1 tzdata==2026.6

timeout 60 "$folder/venv/bin/python" - <<'PYTHON'
import sys
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from discord.ext import tasks

BERLIN, NEW_YORK, TOKYO = map(ZoneInfo, ("Europe/Berlin", "America/New_York", "Asia/Tokyo"))
WEEK = datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 12, 8, tzinfo=UTC)


async def digest() -> None: ...


same = tasks.loop(time=[time(9, tzinfo=BERLIN), time(9, tzinfo=NEW_YORK)])(digest)
left = [f"{each:%H:%M} {each.tzinfo}" for each in same.time]
print(f"9:00 in Berlin and 9:00 in New York: {left} is left")

differing = tasks.loop(time=[time(9, tzinfo=NEW_YORK), time(10, tzinfo=TOKYO)])(digest)
now, end = WEEK
runs = Counter()
while (at := differing._get_next_sleep_time(now)) < end:  # as the loop asks itself after each run
    runs[str(at.tzinfo)] += 1
    now = at.astimezone(UTC) + timedelta(seconds=1)
seen = ", ".join(f"{zone} {number}" for zone, number in sorted(runs.items()))
print(f"9:00 in New York and 10:00 in Tokyo: runs in a week: {seen}")
if left != ["09:00 Europe/Berlin"] or runs != {"America/New_York": 7, "Asia/Tokyo": 1}:
    sys.exit("CHANGED: a loop runs at each of its times, or at others")
PYTHON
