"""Find seed phrases: twelve or more BIP-39 words in a row, however they are listed."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import accumulate

from mnemonic import Mnemonic

from bot.core.redaction.finding import Finding, FindingKind
from bot.core.redaction.view import fold
from bot.core.redaction.vocabulary import GRAMMAR

_SHORTEST = 12
_FORGIVEN = 2  # misspelt words among twelve, in a text that speaks of a seed phrase
_PREFIX = 4  # letters that tell English words apart: steel backups hold no more
_WORD = re.compile(r"[^\W\d_]+")

# What lists put between the words, besides signs and digits.
_LISTING = re.compile(
    fold(r"""
    \\[nrt]                                                   # an escape in pasted JSON
    | </?[a-z]{1,10}(?:\s[^<>]{0,60})?/?>  | &[a-z]{2,6};     # HTML
    | (?<!\d[.):])(?<!\d[.):]\s)(?<!\d\s)                     # "word 1:", but not the word in "11. word 12. zoo"
      \b(?:words?|w|no|nr|mots?|wort|palabra|parola|palavra|slovo|слово|단어|単語)[\s_.:\#-]{0,3}\d{1,2}\b
    | \b(?:the\s)?\d{1,2}(?:st|nd|rd|th)\b(?:(?:\sword)?\s?(?:is\b|[:=-]))?
    | (?<=\d)\sis\b                                           # 1 is
    | \b(?:the\s)?(?:twenty[\s-]?)?
      (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|[a-z]{3,5}teenth|twentieth)
      (?:\sword)?\s?(?:is\b|[:=-])
    | \b(?:[a-z]|[ivx]{1,5})[.)]                              # a) ii.
    | \band\b
    """),
    re.IGNORECASE | re.VERBOSE,
)
# Every word of a listing is one of these, but those inside mark-up.
_MARK_UP = frozenset("<&\\")
_MAY_NUMBER = re.compile(
    fold(r"""
    words?|w|no|nr|mots?|wort|palabra|parola|palavra|slovo|слово|단어|単語|the|st|nd|rd|th|is|and|[a-z]|[ivx]{1,5}
    |first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|[a-z]{3,5}teenth|twenty|twentieth
    """),
    re.IGNORECASE | re.VERBOSE,
)
_TOPIC = re.compile(
    fold(
        r"seed|mnemonic|phrase|recovery|backup|wallet|\b(?:12|24|twelve)\b.{0,20}\bwords|助记词|助記詞|фраз|ニーモニック|복구|니모닉"
    ),
    re.IGNORECASE,
)


@cache
def _lists() -> Mapping[str, frozenset[int]]:
    """Return for each word the numbers of the lists that have it."""
    lists = [[fold(word).casefold() for word in Mnemonic(name).wordlist] for name in sorted(Mnemonic.list_languages())]
    lists.append([fold(word)[:_PREFIX] for word in Mnemonic("english").wordlist])
    found: dict[str, set[int]] = {}
    for number, words in enumerate(lists):
        for word in words:
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def find_seed_phrases(text: str) -> Iterator[Finding]:
    """Yield each stretch of twelve or more words that one list has."""
    if not _may_have(text):
        return
    listed = _LISTING.sub(lambda match: " " * len(match[0]), text)
    tokens = list(_WORD.finditer(listed))
    words = [token[0].casefold() for token in tokens]
    forgiven = _FORGIVEN if _TOPIC.search(text) else 0
    for first, last in _rows(words, forgiven):
        yield Finding(tokens[first].start(), tokens[last].end(), FindingKind.SEED_PHRASE)


def _may_have(text: str) -> bool:
    """Return whether enough words of any lists stand in a row, those aside that only number them.

    In mark-up anything may stand between two words, and in an escape a letter is joined to the word behind it.
    """
    words = _WORD.findall(text)
    if len(words) < _SHORTEST:  # to read the lists takes a good part of a second
        return False
    if not _MARK_UP.isdisjoint(text):
        return True
    known = _lists()
    listed = [word.casefold() in known for word in words]
    others = [at for at, word in enumerate(words) if not (listed[at] or _MAY_NUMBER.fullmatch(word))]
    sums, edges = [0, *accumulate(listed)], [-1, *others, *[len(words)] * (_FORGIVEN + 1)]
    stretches = zip(edges, edges[_FORGIVEN + 1 :], strict=False)
    return any(sums[end] - sums[edge + 1] >= _SHORTEST - _FORGIVEN for edge, end in stretches)


def _rows(words: list[str], forgiven: int) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of every window that is one list's, misspelt words aside."""
    if len(words) < _SHORTEST:  # to read the lists takes a good part of a second
        return
    known = _lists()
    lists = [known.get(word, frozenset()) for word in words]
    often = Counter(number for numbers in lists for number in numbers)
    for number in sorted(number for number, count in often.items() if count >= _SHORTEST - forgiven):
        costs = [0 if number in numbers else _cost(word) for word, numbers in zip(words, lists, strict=True)]
        sums = [0, *accumulate(costs)]
        for start, end in enumerate(range(_SHORTEST, len(words) + 1)):
            if sums[end] - sums[start] <= forgiven and len(set(words[start:end])) > 1:
                yield start, end - 1


def _cost(word: str) -> int:
    """Return 1 for what may be a misspelt word of a phrase, and what no window can afford for any other."""
    return _SHORTEST if len(word) < _PREFIX or word in GRAMMAR else 1
