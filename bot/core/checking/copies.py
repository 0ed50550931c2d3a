"""Find entries that ask the same, contradictions between them, and days that are over."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import numpy as np

from bot.core.checking.findings import Check, Checked, CheckFinding, Severity, finding_in
from bot.core.checking.likeness import ComparedTexts
from bot.core.fields import shown
from bot.core.local_answers import language_of
from bot.core.models import Entry
from bot.core.searching.contrasts.comparison import Fold, between
from bot.core.searching.languages import ENGLISH
from bot.core.searching.text import content, normalise, stem, tokens, word_set

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_YEAR = r"(?P<year>20[0-9]{2})"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_DAYS = (
    re.compile(rf"\b{_YEAR}-(?P<number>[0-9]{{2}})-(?P<day>[0-9]{{2}})\b"),
    re.compile(rf"\b{_DAY} (?:of )?{_MONTH},? {_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH} {_DAY},? {_YEAR}\b", re.IGNORECASE),
)
# What is past after its date; "since" and "as of" go on.
_ENDING = re.compile(
    r"\b(?:until|till|through|end(?:s|ed|ing)?|expir\w*|deadline|no later than|before|by|valid|clos(?:es|ing)|last day|"
    r"promo\w*|campaigns?|offers?|bonus\w*|discounts?|sale|competitions?|contests?|giveaways?|events?|maintenance|"
    r"scheduled|upcoming|soon|will)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'(*\[])|\n+")


def days_in(text: str) -> list[tuple[date, str]]:
    """Return the days that are written out in a text, in order, each with how it is written."""
    found: dict[int, tuple[date, str]] = {}
    for pattern in _DAYS:
        for each in pattern.finditer(text):
            day = _day(each.groupdict())
            if day is not None:
                found[each.start()] = (day, each[0])
    return [found[start] for start in sorted(found)]


def in_days(checked: Checked, today: date) -> Iterator[CheckFinding]:
    """Yield what is over or overdue today."""
    entry = checked.entry
    if entry.valid_until is not None and entry.valid_until < today:
        what, remedy = f"the entry ended on {entry.valid_until}", "retire it, or set the day anew"
        yield finding_in(checked, Check.OVERDUE, Severity.WARNING, field="valid_until", what=what, remedy=remedy)
    if entry.review_by is not None and entry.review_by < today:
        owner = f" by {entry.owner}" if entry.owner else ""
        what, remedy = f"it was to be looked at{owner} by {entry.review_by}", "look at it, and set the next day"
        yield finding_in(checked, Check.OVERDUE, Severity.WARNING, field="review_by", what=what, remedy=remedy)
    for field, named, one in checked.answers:
        over = next(filter(None, (_over(sentence, today) for sentence in _SENTENCE.split(one.answer))), None)
        if over is not None:
            what = f"{named}'{over}' has passed, and the answer speaks of it as what is to come or ends"
            remedy = "take it out, or write what holds now"
            yield finding_in(checked, Check.ENDED, Severity.WARNING, field=field, what=what, remedy=remedy)


def _over(sentence: str, today: date) -> str | None:
    """Return the last day that a sentence speaks of as what is to come or ends, where that is over."""
    days = days_in(sentence)
    is_over = days and max(day for day, _ in days) < today and _ENDING.search(sentence)
    return max(days)[1] if is_over else None


def _day(parts: dict[str, str]) -> date | None:
    month = int(parts["number"]) if "number" in parts else _month(parts["month"])
    try:
        return date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None


def _month(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()[:3]))


# Two questions ask the same when they are as near as this in meaning, or nearly so and share most of their words.
_SAME_MEANING, _NEAR_MEANING = 0.9, 0.78
_SHARED, _SHARED_ALONE = 0.6, 0.75
_FEWEST_WORDS = 2
_ASKING = frozenset(map(stem, ("where", "when", "why")))
# Vectors of words that share so much are nearer than this.
_SHARED_BY_VECTOR = 0.3
_AT_ONCE = 512
_WRITTEN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: str(number) for number, word in enumerate(_WRITTEN, 1)}
_AMOUNT = re.compile(
    rf"(?<![\w.,/-])(?:([$\u20ac\u00a3])\s?)?([0-9][0-9.,]*|{'|'.join(_NUMBERS)})"
    r"(?:\s?[-\u2013]\s?[0-9.,]+)?\s?(%|[^\W\d_]{2,})?(?![\w-])",
    re.IGNORECASE,
)
_UNITS = frozenset(
    map(
        stem,
        word_set("""
            second minute hour day week month year percent time attempt try character digit letter symbol device account
            confirmation euro dollar pound usd eur gbp btc eth usdt
        """),
    )
)
# German, Spanish, French, Turkish and Russian, by the English unit.
_IN_OTHERS = {
    word: stem(unit)
    for unit, words in {
        "second": "sekunde sekunden segundo segundos seconde secondes saniye секунд секунды",
        "minute": "minuten minuto minutos dakika минут минуты",
        "hour": "stunde stunden hora horas heure heures saat час часа часов",
        "day": "tag tage tagen werktag werktage werktagen d\u00eda d\u00edas jour jours g\u00fcn g\u00fcn\u00fc день "
        "дня дней",
        "week": "woche wochen semana semanas semaine semaines hafta неделя недели недель",
        "month": "monat monate monaten mes meses mois ay месяц месяца месяцев",
        "year": "jahr jahre jahren a\u00f1o a\u00f1os ans y\u0131l год года лет",
        "percent": "prozent pourcent процент процента процентов",
    }.items()
    for word in words.split()
}
_NO_UNIT = frozenset(word_set("working business calendar more full volle ganze i\u015f рабочих полных"))


def copies(
    checked: Sequence[Checked],
    said: ComparedTexts,
    *,
    fold: Fold,
    whole: Mapping[str, Checked],
    known: set[tuple[str, str]],
) -> Iterator[CheckFinding]:
    """Yield the entries that ask what an earlier one asks, each once, and the contradictions between the two.

    The `whole` entries have their answers in all languages. Pairs that are `known` were compared in another language.
    """
    found: dict[int, int] = {}
    for one, other in alike(said, fold=fold):
        found.setdefault(other, one)
    for other, one in found.items():
        first, second = checked[one], checked[other]
        pair = first.entry.id, second.entry.id
        if pair in known:
            continue
        known.add(pair)
        contradicting = list(_contradictions(whole[pair[0]], whole[pair[1]]))
        yield from contradicting
        if not contradicting:
            same = normalise(first.entry.answer) == normalise(second.entry.answer)
            yield finding_in(
                second,
                Check.NEAR_COPY,
                Severity.WARNING,
                field=second.field_of(second.entry.question),
                what=f"it asks what {first.entry.id} asks, '{shown(first.entry.question)}', "
                + ("and has the same answer" if same else "and has another answer"),
                remedy="make them one entry: keep one, and give it the other's phrasings",
            )


def _contradictions(first: Checked, second: Checked) -> Iterator[CheckFinding]:
    """Yield what answers of two entries that ask the same say otherwise to the same readers."""
    theirs = {(one.locale, one.region): one.answer for _, _, one in first.answers}
    for field, named, one in second.answers:
        said = contradicts(theirs.get((one.locale, one.region), ""), one.answer)
        if said is not None:
            there, here = said
            what = f"{named}the answer says {here}, and that of {first.entry.id}, which asks the same, {there}"
            remedy = "find out which is right, and make them one entry"
            yield finding_in(second, Check.CONTRADICTION, Severity.ERROR, field=field, what=what, remedy=remedy)


def alike(said: ComparedTexts, *, fold: Fold) -> Iterator[tuple[int, int]]:
    """Yield the pairs of entries that ask the same, for the same readers.

    In a language whose opposites are not known, one of two such questions has all words of the other.
    """
    questions = said.questions
    words = [frozenset(content(fold(tokens(entry.question)))) for entry in said.entries]
    least = _SHARED_BY_VECTOR if said.lexical else _NEAR_MEANING
    for first in range(0, len(questions), _AT_ONCE):
        near = questions[first : first + _AT_ONCE] @ questions.T
        for row, other in np.argwhere(near >= least).tolist():
            one = first + row
            meaning = 0.0 if said.lexical else float(near[row, other])
            near_enough = one < other and _is_near(meaning, words[one], words[other])
            if language_of(said.entries[one].locale) != ENGLISH and not _within(words[one], words[other]):
                continue
            if near_enough and _ask_the_same(said.entries[one], said.entries[other], fold):
                yield one, other


def _is_near(meaning: float, one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether questions with these words ask the same; without a meaning, by the words alone."""
    if meaning >= _SAME_MEANING:
        return True
    if (one ^ other) & _ASKING:  # where something is, is another question than how it is done
        return False
    shared = len(one & other) / max(1, len(one | other))
    if meaning >= _NEAR_MEANING:
        return shared >= _SHARED
    return not meaning and min(len(one), len(other)) >= _FEWEST_WORDS and shared >= _SHARED_ALONE


def _within(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one


def contradicts(one: str, other: str) -> tuple[str, str] | None:
    """Return what two answers say of the same unit, or of days, that cannot both be true; None where nothing does."""
    first, second = amounts(one), amounts(other)
    for unit in first.keys() & second.keys():
        if set(first[unit]).isdisjoint(second[unit]):
            return _listed(first[unit].values()), _listed(second[unit].values())
    days, others = dict(days_in(one)), dict(days_in(other))
    if days and others and days.keys().isdisjoint(others):
        return _listed(days.values()), _listed(others.values())
    return None


def amounts(text: str) -> Mapping[str, Mapping[str, str]]:
    """Return the amounts in a text by their unit: each number, and how it is written."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for each in _AMOUNT.finditer(text):
        currency, number, unit = each.groups()
        kind = currency or _unit(unit or "", text[each.end() :])
        if kind:
            value = _NUMBERS.get(number.lower(), number.rstrip(".,").replace(",", ""))
            found[kind][value] = " ".join(each[0].split())
    return found


def _unit(word: str, rest: str) -> str | None:
    if word.lower() in _NO_UNIT:
        following = re.match(r"\s+([^\W\d_]+)", rest)
        word = following[1] if following else ""
    root = "%" if word == "%" else _IN_OTHERS.get(word.lower()) or stem(word.lower())
    return root if root == "%" or root in _UNITS else None


def _ask_the_same(one: Entry, other: Entry, fold: Fold) -> bool:
    if (one.audience, one.locale, one.region) != (other.audience, other.locale, other.region):
        return False
    return not between(one.question, other.question, fold=fold)


def _listed(values: Iterable[str]) -> str:
    return " and ".join(f"'{shown(value)}'" for value in values)
