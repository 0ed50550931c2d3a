"""Fold words that mean the same into one, and list the words by which two questions that look alike differ."""

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import zip_longest
from types import MappingProxyType

from bot.core.searching.spelling import Dictionary
from bot.core.searching.text import cut, stem, tokens, word_set
from bot.errors import InvalidInputError, Problem

_Key = tuple[str, ...]
_REMEMBERED = 4_096


@dataclass(frozen=True)
class Lexicon:
    """Which runs of stems are replaced by which stems, the words of all names as written, and common words."""

    replacements: Mapping[_Key, _Key] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    dictionary: Dictionary = field(default=Dictionary(), compare=False)

    @cached_property
    def longest(self) -> Mapping[str, int]:
        """Return the stems that a run begins with, and the length of the longest run that does."""
        longest: dict[str, int] = {}
        for key in self.replacements:
            longest[key[0]] = max(len(key), longest.get(key[0], 0))
        return longest

    def fold(self, words: Sequence[str]) -> list[str]:
        """Return the stems of cleaned words, every known run replaced by its first name, longest run first."""
        return list(self._folded(tuple(words)))

    @cached_property
    def _folded(self) -> Callable[[_Key], _Key]:
        """Return the same for a tuple of words; what was folded lately is remembered."""
        return lru_cache(maxsize=_REMEMBERED)(self._fold)

    def _fold(self, words: _Key) -> _Key:
        stems = list(map(stem, cut(words)))
        longest = self.longest
        if longest.keys().isdisjoint(stems):
            return tuple(stems)
        folded: list[str] = []
        second, single, end = self._second, self._single, 0
        for at, (word, following) in enumerate(zip_longest(stems, stems[1:])):
            if at < end:
                continue
            is_run = following in second.get(word, ())
            size = longest_run(stems, at, self.replacements, longest[word]) if is_run else 0
            if size > 1:
                folded.extend(self.replacements[tuple(stems[at : at + size])])
                end = at + size
            else:
                folded.extend(single.get(word, (word,)))
        return tuple(folded)

    @cached_property
    def _second(self) -> Mapping[str, Container[str]]:
        """Return the stems that stand second in a run, by the one that it begins with."""
        second: dict[str, set[str]] = {}
        for key in self.replacements:
            if len(key) > 1:
                second.setdefault(key[0], set()).add(key[1])
        return second

    @cached_property
    def _single(self) -> Mapping[str, _Key]:
        """Return what replaces a stem by itself."""
        return {key[0]: names for key, names in self.replacements.items() if len(key) == 1}


def longest_run(stems: Sequence[str], at: int, known: Container[_Key], longest: int) -> int:
    """Return the length of the longest run from there on that is known, 0 where none is; `longest` is that of any."""
    for size in range(min(longest, len(stems) - at), 0, -1):
        if tuple(stems[at : at + size]) in known:
            return size
    return 0


def parse_lexicon(text: str, *, name: str) -> Lexicon:
    """Read lines of `first name = other name, other name`; `#` starts a comment.

    Raises:
        InvalidInputError: a line has no `=`, an empty name, or a name that an earlier line gave another meaning.
    """
    replacements: dict[_Key, _Key] = {}
    words: set[str] = set()
    problems: list[Problem] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.split("#", 1)[0].strip()
        if not line:
            continue
        first, found, rest = line.partition("=")
        names = [tokens(name) for name in (first, *rest.split(","))]
        keys = [tuple(map(stem, cut(name))) for name in names]
        if not found or not all(keys):
            remedy = "write: first name = other name, other name"
            problems.append(Problem(where=name, line=number, what="not a group of names", remedy=remedy))
            continue
        words.update(*map(cut, names))
        for key in keys:
            if replacements.setdefault(key, keys[0]) != keys[0]:
                what = f"{' '.join(key)!r} already means {' '.join(replacements[key])!r}"
                problems.append(Problem(where=name, line=number, what=what, remedy="keep it in one group"))
    if problems:
        raise InvalidInputError(tuple(problems))
    return Lexicon(replacements, frozenset(words))


def merge_lexicons(*lexicons: Lexicon) -> Lexicon:
    """Return one lexicon in which a later one overrides an earlier one, with the dictionary of the first."""
    merged: dict[_Key, _Key] = {}
    for lexicon in lexicons:
        merged.update(lexicon.replacements)
    words = frozenset[str]().union(*(lexicon.words for lexicon in lexicons))
    return Lexicon(merged, words, next((lexicon.dictionary for lexicon in lexicons), Dictionary()))


def _list(text: str) -> list[str]:
    return text.split()


NOT = word_set("""
    not no never without none nor neither cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt shouldnt
    couldnt havent hasnt hadnt unable avoid avoiding except
""")
# These deny by themselves, and the first few whatever they are about; the others may say that something does not work.
LEAVING_OUT = word_set("without except")
OUTRIGHT = LEAVING_OUT | word_set("avoid avoiding none nor neither dont")
DENYING = word_set("not never isnt arent wasnt werent")
# What a thing that is "not" so should do.
FAILING_TO = word_set("""
    receive received receiving arrive arrived show showing shown appear appearing credited come coming work working get
    getting got load loading open opening go going update updated updating complete completed confirm confirmed able let
    letting allow allowing accept accepted visible available recognise recognised recognized there here
    reachable responding up
""")
# Prefixes that deny: what is not correct is incorrect.
NEGATIVE_PREFIXES = frozenset(("un", "dis", "non", "in", "im"))
# Said of oneself and not of the matter: "I don't know how", "I can't find where".
INERT = re.compile(
    r"\b(?:i|we)?\s*(?:dont|do not|didnt|did not|cant|can not|cannot|couldnt|could not|am not|im not|not|havent)\s+"
    r"(?:really\s+|quite\s+|even\s+)?"
    r"(?:know|sure|see|seeing|find|finding|figure|understand|understood|get it|remember|recall|certain|clear)\b"
    r"|\b(?:why not|or not|if not|not only|no idea|no clue|no problem|not yet|no longer than|no matter)\b"
    r"|\b(?:is it not|isnt it|wouldnt it)\b"
)
FAILED = word_set("""
    cant cannot couldnt wont unable fail failed fails failing failure unsuccessful error errors stuck missing wrong
    invalid problem problems issue issues trouble broken broke rejected declined refused denied blocked locked frozen
    suspended banned expired disappeared vanished lost stolen hacked delayed pending crash crashes crashed crashing
    incorrect mistake mistakes unavailable glitch bug bugs freeze freezes hangs unresponsive restricted disabled
    reverted incomplete unconfirmed stopped doesnt didnt isnt hasnt havent wasnt not never nothing compromised
    forgot forgotten blank garbled corrupt corrupted timeout timeouts unreadable unreachable
""")
_OPENING = r"^(?:(?:hi|hello|hey|please|so|ok|and|but|guys|team)\s+)*"
# What ends something, or keeps it from being done.
STOPPING = word_set("""
    stop stops stopping quit quitting cease end ending prevent preventing block blocking disable disabling cancel
    cancelling remove removing undo undoing unsubscribe
""")
# Troubles of oneself, to which the answer is a how-to; what does not work is another trouble.
MISFORTUNES = word_set("forgot forgotten lost stolen hacked compromised")
HOW = re.compile(
    _OPENING + r"(?:how\s+(?:do|can|to|should|would|could|does one|is it possible)"
    r"|how\b(?!\s+(?:long|much|many|often|come|soon|fast|far|old|big))"
    r"|where (?:do|can|to)|can (?:i|you|we)\b|could (?:i|you|we)\b|may i|is it possible|is there (?:a|any) way"
    r"|i (?:want|need|would like|wish|d like|am trying|was trying) to|id like to"
    r"|what (?:do i need|is the way|are the steps|is the process|should i do) to|way to|steps to)"
)
BEEN = word_set("was were is are am been being got gets get getting be became become has have had keeps keep")
POSSIBLE = word_set("can could may might how")
# The stems of what participles that do not end in -ed are of.
IRREGULAR: Mapping[str, str] = MappingProxyType(
    dict(
        zip(
            _list("""
                frozen sent lost stolen sold bought paid withdrawn taken given chosen broken hidden made put set reset
                held written shut built left told found undone forgotten burnt shown drawn read spent won begun bound
            """),
            _list("""
                freez send lose steal sell buy pay withdraw take give choos break hide make put set reset
                hold write shut build leav tell find undo forget burn show draw read spend win begin bind
            """),
            strict=True,
        )
    )
)
DESIGNATED = word_set("""
    version v level tier error code step phase gen generation type class form section article model series mark part
    chapter season stage layer grade category plan option round block windows ios android build release rule zone gate
    platform room line bus track unit lesson exercise question page
""")
UNITS = word_set("""
    day days hour hours hr hrs minute minutes min mins second seconds week weeks month months year years usd usdt eur
    gbp dollar dollars euro euros pound pounds percent btc eth tb gb mb kb people persons times kg km core
    cores
""")
_COUNTED = "zero one two three four five six seven eight nine ten eleven twelve"
NUMBER_WORDS: Mapping[str, str] = MappingProxyType(
    {word: str(number) for number, word in enumerate(_COUNTED.split())}
    | {"first": "1", "second": "2", "third": "3", "1st": "1", "2nd": "2", "3rd": "3", "4th": "4"}
    | {"ii": "2", "iii": "3", "iv": "4"}
)
ORDINALS = word_set("first second third 1st 2nd 3rd 4th")
# Verbs that say nothing of what is done.
LIGHT_VERBS = word_set("""
    do make get use find see check know go set fix solve handle deal start begin try take put give show create generate
    add install
""")
SPLIT_VERBS: Mapping[str, Container[str]] = MappingProxyType(
    dict.fromkeys(_list("turn turned turning switch switched switching"), ("on", "off", "of"))
    | dict.fromkeys(_list("opt opted opting toggle set"), ("on", "off"))
    | dict.fromkeys(_list("give giving bring bringing take taking hand handing send sending pay paying"), ("back",))
)
"""Verbs that may stand apart from their particle, with those; "of" is a slip for "off"."""
NO_NAMES = NOT | FAILED | word_set("why when where how other others another same new old faq id pin app api url ok")
GLUE = word_set("""
    a an the this that these those my mine your our i im ive id we you it me us
    am is are was were be been being do does did have has had having will would
""")
AROUND = word_set(
    "hi hello hey please pls thanks guys team sir now today asap urgently again also really exactly anymore"
)
