"""Check entries: each by itself, all against each other, and against what the log says of them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.core.checking.answers import in_answer, in_links, in_secrets
from bot.core.checking.categories import uncategorised
from bot.core.checking.copies import copies, in_days
from bot.core.checking.findings import Check, Checked, CheckFinding, Severity, in_order
from bot.core.checking.likeness import (
    MOST_ASKED,
    as_answered_in,
    as_read_in,
    confused,
    said,
    suspects,
    texts_to_compare,
)
from bot.core.checking.misplaced import ACROSS_LANGUAGES, misplaced
from bot.core.deciding.decision import Thresholds, built_in
from bot.core.fields import shown
from bot.core.local_answers import language_of
from bot.core.models import Audience, Status, Surface
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.kept_vectors import RememberedVectors
from bot.core.searching.languages import ENGLISH
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.vectors import Encode, Model, VectorOf

# So many ratings tell something of an answer, and so many questions of what is asked.
FEWEST_RATINGS, FEWEST_QUESTIONS = 3, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """How often an entry was asked for and rated; one that `is_new` may not have had the time."""

    entry_id: str
    asked: int
    helpful: int = 0
    wrong: int = 0
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Questions on one topic that nothing answers, quoted where enough people asked."""

    text: str | None
    askers: int


def in_usage(used: Sequence[Used], missing: Sequence[Missing], *, days: int) -> Iterator[CheckFinding]:
    """Yield what the questions of the last `days` say of the entries."""
    enough = sum(one.asked for one in used) >= FEWEST_QUESTIONS
    for one in used:
        rated = one.helpful + one.wrong
        if rated >= FEWEST_RATINGS and one.wrong > one.helpful:
            yield _about(
                one,
                Check.RATED,
                Severity.WARNING,
                what=f"{one.wrong} of {rated} ratings in {days} days say that the answer was wrong",
                remedy="look at what was asked: the answer is wrong, or a phrasing draws other questions",
            )
        if enough and not one.asked and not one.is_new:
            what = f"nobody asked for it in {days} days"
            yield _about(one, Check.NEVER_ASKED, Severity.NOTE, what=what, remedy="retire it, or add phrasings to it")
    for each in missing:
        if each.text is not None:
            yield CheckFinding(
                check=Check.NO_ENTRY,
                severity=Severity.NOTE,
                what=f"{each.askers} people asked '{shown(each.text)}', and no entry answers it",
                remedy="see faqbot review list, and answer it there",
            )


def _about(used: Used, check: Check, severity: Severity, *, what: str, remedy: str) -> CheckFinding:
    return CheckFinding(check=check, severity=severity, what=what, remedy=remedy, entry_id=used.entry_id)


# More texts than this, of which no vector is known, take longer to encode than anybody waits: then words have to do.
MOST_ENCODED = 2_000


def _built_in(scorer: str) -> Thresholds:
    return built_in(Surface.MENTION, scorer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What entries are checked by; `known` are vectors that were made before, by model.

    `categories` are those that a file lists, whether or not an entry is of them.
    """

    lexicon: Lexicon
    today: date
    domains: Collection[str] = ()
    categories: Collection[str] = ()
    encoders: Mapping[Model, Encode] = field(default_factory=dict)
    known: Mapping[Model, VectorOf] = field(default_factory=dict)
    thresholds_of: Callable[[str], Thresholds] = _built_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What a check of so many entries found, the worst first.

    `by_words` is how many were compared by their words, since there is no encoder for them or too much to encode;
    `unasked` is how many suspicious phrasings were too many to be asked.
    """

    entries: int
    findings: tuple[CheckFinding, ...]
    by_words: int = 0
    unasked: int = 0


def examine_each(checked: Sequence[Checked], *, today: date, domains: Collection[str]) -> Iterator[CheckFinding]:
    """Yield what is wrong with entries by themselves; retired ones are left out."""
    for one in _live(checked):
        yield from in_answer(one)
        yield from in_links(one, domains)
        yield from in_days(one, today)
        yield from in_secrets(one)


def examine_alone(checked: Sequence[Checked], rules: Rules) -> Examined:
    """Return what is wrong with entries by themselves."""
    found = _alone(checked, rules)
    return Examined(entries=len(_live(checked)), findings=in_order(found))


def examine(checked: Sequence[Checked], rules: Rules) -> Examined:
    """Return all that is wrong with entries, also compared with each other; retired ones are left out."""
    found = list(_alone(checked, rules))
    unasked = 0
    live = _live(checked)
    by_words: set[str] = set()
    paired: set[tuple[str, str]] = set()
    whole = {one.entry.id: one for one in live}
    for language, some in _by_language(live).items():
        model = Model.ENGLISH if language == ENGLISH else Model.MULTILINGUAL
        encode = _encoder(model, some, rules)
        vectors = said([one.entry for one in some], rules.lexicon, encode)
        by_words |= {one.entry.id for one in some} if vectors.lexical else set()
        found += misplaced(some, vectors)
        found += copies(some, vectors, fold=rules.lexicon.fold, whole=whole, known=paired)
        suspicious = [each for each in suspects(vectors) if not some[each.entry].translated]
        unasked += max(0, len(suspicious) - MOST_ASKED)
        encoders = {} if encode is None or vectors.lexical else {model: encode}
        own = [one for one in live if language_of(one.entry.locale) == language]
        for audience in Audience:
            asked = [each for each in suspicious[:MOST_ASKED] if _is_asked(some[each.entry], audience)]
            if asked:
                index = _index(own, audience, rules, encoders)
                found += confused(
                    [(whole[some[each.entry].entry.id], each) for each in asked], index, rules.thresholds_of
                )
    found += _answered_only(live, rules)
    return Examined(entries=len(live), findings=in_order(found), by_words=len(by_words), unasked=unasked)


def _answered_only(live: Sequence[Checked], rules: Rules) -> Iterator[CheckFinding]:
    """Yield the misplaced answers in languages that their entries have no question in, where an encoder has both."""
    groups: defaultdict[tuple[str, str], list[Checked]] = defaultdict(list)
    unasked: set[tuple[str, str]] = set()
    for one in live:
        for language in dict.fromkeys(language_of(each.locale) for each in one.entry.answers if each.locale):
            if (view := as_answered_in(one, language)) is not None:
                groups[language_of(one.entry.locale), language].append(view)
                if as_read_in(one, language) is None:
                    unasked.add((one.entry.id, language))
    for (_, language), some in groups.items():
        if not any((one.entry.id, language) in unasked for one in some):
            continue
        vectors = said([one.entry for one in some], rules.lexicon, _encoder(Model.MULTILINGUAL, some, rules))
        if not vectors.lexical:
            found = misplaced(some, vectors, ACROSS_LANGUAGES)
            yield from (each for each in found if (each.entry_id, language) in unasked)


def _alone(checked: Sequence[Checked], rules: Rules) -> Iterator[CheckFinding]:
    yield from examine_each(checked, today=rules.today, domains=rules.domains)
    yield from uncategorised(_live(checked), rules.categories)


def _live(checked: Sequence[Checked]) -> list[Checked]:
    return [one for one in checked if one.entry.status is not Status.RETIRED]


def _by_language(checked: Sequence[Checked]) -> Mapping[str, Sequence[Checked]]:
    """Return the entries as they read in each language that they have a question in."""
    found: defaultdict[str, list[Checked]] = defaultdict(list)
    for one in checked:
        locales = (one.entry.locale, *(each.locale for each in one.entry.answers if each.locale is not None))
        for language in dict.fromkeys(map(language_of, locales)):
            if (view := as_read_in(one, language)) is not None:
                found[language].append(view)
    return found


def _encoder(model: Model, checked: Sequence[Checked], rules: Rules) -> Encode | None:
    """Return an encoder that knows what was encoded before, None where there is none or too much is left to encode."""
    encode = rules.encoders.get(model)
    if encode is None:
        return None
    texts = texts_to_compare([one.entry for one in checked])
    vector_of = rules.known.get(model)
    known = {} if vector_of is None else {text: vector for text in texts if (vector := vector_of(text)) is not None}
    return RememberedVectors(encode, known) if len(texts) - len(known) <= MOST_ENCODED else None


def _is_asked(checked: Checked, audience: Audience) -> bool:
    return checked.entry.status is Status.PUBLISHED and checked.entry.audience is audience


def _index(
    checked: Iterable[Checked], audience: Audience, rules: Rules, encoders: Mapping[Model, Encode]
) -> EntryIndex:
    entries = [
        one.entry for one in checked if one.entry.status is Status.PUBLISHED and audience.sees(one.entry.audience)
    ]
    english, many = encoders.get(Model.ENGLISH), encoders.get(Model.MULTILINGUAL)
    return EntryIndex(rules.lexicon, entries, english, multilingual=many)
