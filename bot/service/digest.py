"""Render a week in a few lines of Markdown, for a channel of moderators."""

import re
from collections.abc import Iterator
from datetime import timedelta

from bot.core.wording import digest as words
from bot.core.wording.digest import Trend
from bot.service.stats import Digest, Stats
from bot.store.figures import Counts

_LONGEST_QUOTE = 100
_MOST_QUOTES = 5
_MOST_ENTRIES = 5
# What would become a mention, a link or markup in a channel.
_MARKUP = re.compile(r"[`*_~|<>\[\]\\#]")
_UNSEEN = "\N{ZERO WIDTH SPACE}"


def digest_text(digest: Digest) -> str:
    """Return a week in a few lines."""
    week, counts = digest.week, digest.week.total.counts
    lines = [words.heading(week.days[0].day, week.days[-1].day)]
    if not counts.asked:
        return "\n".join([*lines, words.NOBODY_ASKED])
    lines += [_asked(counts, digest.before), _shares(counts), *_judged(week), *_gaps(week)]
    if never := week.never_asked:
        some, more = ", ".join(entry.id for entry in never[:_MOST_ENTRIES]), len(never) > _MOST_ENTRIES
        lines.append(words.not_asked_for(len(never), len(week.entries), some, more=more))
    return "\n".join(lines)


def percent(part: int, whole: int) -> str:
    """Return a share in whole per cent."""
    return f"{part / whole:.0%}".replace("%", " %") if whole else "-"


def _asked(counts: Counts, before: Counts) -> str:
    change = counts.asked / before.asked - 1 if before.asked else 0.0
    trend = Trend.MORE if change > 0 else Trend.FEWER
    if not before.asked:
        trend = Trend.FIRST
    elif not round(100 * change):
        trend = Trend.SAME
    return words.asked(counts.asked, counts.askers, trend, f"{abs(change):.0%}".replace("%", " %"))


def _shares(counts: Counts) -> str:
    parts = (counts.answered, counts.suggested, counts.unanswered)
    return words.shares(*(percent(part, counts.asked) for part in parts))


def _judged(week: Stats) -> Iterator[str]:
    counts, waited = week.total.counts, week.total.waited
    if rated := counts.helpful + counts.wrong:
        yield words.ratings(counts.helpful, rated)
    if waited.median_seconds is not None:
        yield words.answered_later(waited.count, timedelta(seconds=waited.median_seconds))


def _gaps(week: Stats) -> list[str]:
    """Return the open questions of most people; those that are not quoted only as a number."""
    quoted = [(gap.text, gap.askers) for gap in week.gaps if gap.text is not None][:_MOST_QUOTES]
    if not week.gaps:
        return []
    if not quoted:
        return [words.NONE_QUOTED]
    lines = [words.gap(place, quotable(text), askers) for place, (text, askers) in enumerate(quoted, 1)]
    return [words.MOST_WANTED, *lines]


def quotable(text: str) -> str:
    """Return what a person wrote in one short line that no chat reads as a mention, a link or markup."""
    line = " ".join(_MARKUP.sub("", text).split()).replace("@", f"@{_UNSEEN}").replace("://", f":{_UNSEEN}//")
    return line if len(line) <= _LONGEST_QUOTE else f"{line[: _LONGEST_QUOTE - 1].rstrip()}…"
