"""Generate entries with the ugliest text that a store can hold."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from bot.core.fields import OF_ENTRY, OF_SOURCE, Unfit, unfit_answers
from bot.core.local_answers import LocalAnswer
from bot.core.models import Audience, Entry, Source, Status
from bot.core.searching.text import normalise
from bot.formats.titles import normalise_key

# What quotes, breaks lines, begins something in one of the forms, or is not seen.
_SIGNS = (
    "=", "+", "-", "@", "'", '"', "|", "\\", "`", "#", ":", "*a", "&a", "!a", "%", "{}", "[]", "---", "...", "no",
    "Yes", "null", "~", "1_000", "12:30", "0x1F", "1e3", "\uff1d1+1", "\uff0b", "'=1", "''@", "\U0001f600", "e\u0301",
    "\u0627",
    "\u4e2d", "\u00df", "</p>", "{{x}}", "_x000D_", "\\n", "\\u0041", "Q:", "A:",
)  # fmt: skip
_BLANKS = ["\n", "\n\n", "\n ", "\t", " \n", " ", ": ", " #", "- ", " =1", "\n=1", "## x", "\u2028", "\u2029", "\u00a0"]
_UNSEEN = ["\u200b", "\u00ad", "\ufeff", "\ufffe", "\u202e"]
_UGLY = st.sampled_from([*_SIGNS, *_BLANKS, *_UNSEEN])
_LETTERS = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t")
_ANY = st.lists(st.one_of(_UGLY, st.text(_LETTERS, max_size=6), st.just("word")), max_size=8).map("".join)


def _fitting(name: str) -> st.SearchStrategy[str]:
    rule = OF_ENTRY.get(name) or OF_SOURCE[name]
    return _ANY.map(lambda written: _held(rule(written))).filter(bool)


def _held(value: str | Unfit) -> str:
    """Return a value, empty where it was refused."""
    return "" if isinstance(value, Unfit) else value


def _phrase(word: str) -> st.SearchStrategy[str]:
    """Return a phrasing that is nobody else's, since a word of its own stands in it."""
    return _ANY.map(lambda text: _held(OF_ENTRY["question"](f"{text[:80]} {word} {text[80:160]}"))).filter(
        lambda value: word in normalise(value).split() and bool(normalise_key(value))
    )


_DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
_SOURCES = st.builds(
    Source,
    title=st.none() | _fitting("title"),
    url=st.none() | st.sampled_from(["https://help.bakery.test/a?b=c&d=%20#e", "http://help.bakery.test/='x'"]),
    published=st.none() | _DAYS,
    updated=st.none() | _DAYS,
    views=st.none() | st.integers(0, 2**31 - 1),
)


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    """Return up to three entries that may stand in one store."""
    return [draw(_entry(number)) for number in range(draw(st.integers(1, 3)))]


def _entry(number: int) -> st.SearchStrategy[Entry]:
    plain = st.builds(
        Entry,
        id=st.just(f"entry-{number}"),
        question=_phrase(f"quince{number}"),
        answer=_fitting("answer"),
        aliases=st.lists(_phrase(f"medlar{number}"), max_size=3, unique_by=normalise_key).map(tuple),
        staff_note=st.none() | _fitting("staff_note"),
        audience=st.sampled_from(Audience),
        category=st.none() | _fitting("category"),
        region=st.none() | _fitting("region"),
        locale=st.sampled_from(["en", "no", "pt-BR", "zh-Hant-TW"]),
        status=st.sampled_from(Status),
        source=_SOURCES,
        owner=st.none() | _fitting("owner"),
        review_by=st.none() | _DAYS,
        valid_until=st.none() | _DAYS,
        threshold=st.none() | st.integers(0, 100).map(lambda share: share / 100),
        never=st.lists(_phrase("never"), max_size=2, unique=True).map(tuple),
        hours=st.none()
        | st.sampled_from(
            [
                "Mon-Fri 09:00-17:00 Europe/Berlin",
                "Mon-Sun 22:00-06:00 UTC",
                "Sat 00:00-24:00, Sun 10:00-12:00 Etc/GMT-5",
            ]
        ),
        channels=st.none() | st.sampled_from(["slack/T1/C1", "discord/1/2, slack"]),
        cooldown=st.none() | st.integers(0, 10_080),
    )
    return st.builds(_beside, plain, _answers(number)).map(_distinct)


def _answers(number: int) -> st.SearchStrategy[tuple[LocalAnswer, ...]]:
    """Return further answers: of a locale with phrasings of its own, of a region, and of both."""
    german = st.builds(
        LocalAnswer,
        locale=st.just("de"),
        question=st.none() | _phrase(f"birne{number}"),
        aliases=st.lists(_phrase(f"apfel{number}"), max_size=2, unique_by=normalise_key).map(tuple),
        answer=_fitting("answer"),
    )
    swiss = st.builds(LocalAnswer, locale=st.just("de"), region=st.just("CH"), answer=_fitting("answer"))
    regional = st.builds(
        LocalAnswer, region=_fitting("region").map(lambda name: f"{name[:90]} x"), answer=_fitting("answer")
    )
    return st.just(()) | st.tuples(german, swiss) | st.tuples(regional)


def _beside(entry: Entry, answers: tuple[LocalAnswer, ...]) -> Entry:
    """Return an entry with answers that can stand beside its own."""
    fits = unfit_answers(answers, locale=entry.locale, region=entry.region) is None
    return replace(entry, answers=tuple(map(_told_apart, answers))) if fits else entry


def _told_apart(one: LocalAnswer) -> LocalAnswer:
    known = {normalise_key(one.question or "")}
    return replace(one, aliases=tuple(alias for alias in one.aliases if normalise_key(alias) not in known))


def _distinct(entry: Entry) -> Entry:
    """Return an entry none of whose aliases is said by another phrasing of it."""
    known = {normalise_key(entry.question)}
    return replace(entry, aliases=tuple(alias for alias in entry.aliases if normalise_key(alias) not in known))
