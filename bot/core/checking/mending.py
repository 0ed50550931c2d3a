"""Put right what needs no person: the same words, shown as they were meant."""

from collections.abc import Collection
from dataclasses import replace

from bot.core.checking.answers import distinct_paragraphs, without_unseen
from bot.core.checking.links import encrypted
from bot.core.models import Entry


def mended(entry: Entry, domains: Collection[str]) -> Entry:
    """Return an entry without unseen characters and repeated paragraphs, its links to these domains encrypted."""

    def text(written: str) -> str:
        return encrypted(without_unseen(written), domains)

    url = entry.source.url
    return replace(
        entry,
        question=without_unseen(entry.question),
        aliases=tuple(without_unseen(alias) for alias in entry.aliases),
        answer=distinct_paragraphs(text(entry.answer)),
        staff_note=None if entry.staff_note is None else text(entry.staff_note),
        answers=tuple(
            replace(
                one,
                question=None if one.question is None else without_unseen(one.question),
                aliases=tuple(without_unseen(alias) for alias in one.aliases),
                answer=distinct_paragraphs(text(one.answer)),
            )
            for one in entry.answers
        ),
        source=replace(entry.source, url=None if url is None else encrypted(url, domains)),
    )
