"""Render a week in a few lines of Markdown, for a channel of moderators."""

import re
from collections.abc import Iterator

from bot.core.wording.durations import in_words
from bot.service.stats import Digest, Stats
from bot.store.figures import Counts, Gap

_LONGEST_QUOTE = 100
_MOST_QUOTES = 5
_MOST_ENTRIES = 5
# What would become a mention, a link or markup in a channel.
_MARKUP = re.compile(r"[`*_~|<>\[\]\\#]")
_UNSEEN = "\N{ZERO WIDTH SPACE}"


def digest_text(digest: Digest) -> str:
    """Return a week in a few lines."""
    week, counts = digest.week, digest.week.total.counts
    first, last = week.days[0].day, week.days[-1].day
    lines = [f"**FAQ, {first.day} {first:%B} to {last.day} {last:%B %Y}**"]
    if not counts.asked:
        return "\n".join([*lines, "- Nobody asked anything."])
    lines.append(f"- {_many(counts.asked, 'question')} from {_people(counts.askers)}{_trend(counts, digest.before)}.")
    lines.append(f"- {_shares(counts)}.")
    lines += [f"- {line}" for line in _judged(week)]
    lines += _gaps(week)
    if never := week.never_asked:
        some = ", ".join(entry.id for entry in never[:_MOST_ENTRIES])
        more = " and others" if len(never) > _MOST_ENTRIES else ""
        lines.append(f"- {len(never)} of {_many(len(week.entries), 'entry', 'entries')} not asked for: {some}{more}.")
    return "\n".join(lines)


def percent(part: int, whole: int) -> str:
    """Return a share in whole per cent."""
    return f"{part / whole:.0%}".replace("%", " %") if whole else "-"


def _shares(counts: Counts) -> str:
    asked = counts.asked
    return (
        f"{percent(counts.answered, asked)} answered, {percent(counts.suggested, asked)} offered as choices, "
        f"{percent(counts.unanswered, asked)} without an answer"
    )


def _trend(counts: Counts, before: Counts) -> str:
    if not before.asked:
        return ", after a week without any"
    change = counts.asked / before.asked - 1
    if not round(100 * change):
        return ", as many as the week before"
    return f", {abs(change):.0%}".replace("%", " %") + f" {'more' if change > 0 else 'fewer'} than the week before"


def _judged(week: Stats) -> Iterator[str]:
    counts, waited = week.total.counts, week.total.waited
    if rated := counts.helpful + counts.wrong:
        yield f"{counts.helpful} of {_many(rated, 'rating')} said that the answer helped."
    if waited.median_seconds is not None:
        got = "question got an answer" if waited.count == 1 else "questions got an answer"
        yield f"{waited.count} {got} from a moderator, the median after {in_words(waited.median_seconds)}."


def _gaps(week: Stats) -> list[str]:
    """Return the open questions of most people; those that are not quoted only as a number."""
    quoted = [gap for gap in week.gaps if gap.text is not None][:_MOST_QUOTES]
    if not week.gaps:
        return []
    if not quoted:
        return ["- Open questions are there, none of them asked by enough people to quote it."]
    return ["- Most wanted without an answer:", *(f"  {place}. {_told(gap)}" for place, gap in enumerate(quoted, 1))]


def _told(gap: Gap) -> str:
    return f"“{quotable(gap.text or '')}” ({_people(gap.askers)})"


def quotable(text: str) -> str:
    """Return what a person wrote in one short line that no chat reads as a mention, a link or markup."""
    line = " ".join(_MARKUP.sub("", text).split()).replace("@", f"@{_UNSEEN}").replace("://", f":{_UNSEEN}//")
    return line if len(line) <= _LONGEST_QUOTE else f"{line[: _LONGEST_QUOTE - 1].rstrip()}…"


def _people(count: int) -> str:
    return _many(count, "person", "people")


def _many(count: int, one: str, more: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else more or one + 's'}"
