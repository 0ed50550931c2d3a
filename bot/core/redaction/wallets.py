"""Find what gives a wallet away: private keys and seed phrases.

A private key is known by its form, and where a form has two meanings by the words around it; a seed phrase is twelve or
more BIP-39 words in a row, however they are listed.
"""

# ruff: noqa: SIM905  # a list of words is easier to read and to change as plain text

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate

import numpy as np
from mnemonic import Mnemonic

from bot.core.redaction.view import Anchored, Finding, FindingKind, View, branches, fold, has_any, has_run, lower

_BASE58 = "[1-9A-HJ-NP-Za-km-z]"

# No other thing has these forms.
_CERTAIN = re.compile(
    rf"""
    -{{1,5}}\s?BEGIN\s[A-Z0-9 ]{{0,20}}PRIVATE\sKEY
        (?: (?s:.){{0,20000}}? END\s[A-Z0-9 ]{{0,20}}PRIVATE\sKEY(?:\sBLOCK)?\s?-{{0,5}} | (?s:.){{0,20000}} )  # PEM
    | PuTTY-User-Key-File-\d (?s:.){{0,20000}}
    | (?<![A-Za-z0-9])
      (?: [KL5c9]{_BASE58}{{50,51}}             # wallet import format
        | 6P{_BASE58}{{56}}                     # the same, with a passphrase
        | [a-zA-Z]prv{_BASE58}{{50,120}}        # extended keys
        | S[A-Z2-7]{{55}}                       # Stellar
        | s(?=[A-Z1-9a-z]{{0,20}}\d)(?=[a-z1-9]{{0,20}}[A-Z]){_BASE58}{{27,30}}  # XRP Ledger
        | edsk{_BASE58}{{50,94}}                # Tezos
        | (?i:AGE-SECRET-KEY-1|nsec1|suiprivkey1|(?:root|acct|addr|stake)_x?sk1|ed25519e?_sk1|xprv1)
          [0-9A-Za-z]{{40,300}}
      )
      (?![A-Za-z0-9])
    """,
    re.VERBOSE,
)
_BYTES, _COMMAS = re.compile(r"\[\s?\d{1,3}(?:,\s{0,3}\d{1,3}){63}\s?\]"), 63  # Solana

# A private key, or else a transaction hash, a contract, a signature.
_TWO_MEANINGS = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?:0x|0X)?[0-9a-fA-F]{{64}}|{_BASE58}{{87,88}}|(?:0x|0X)?[0-9a-fA-F]{{128}})(?![A-Za-z0-9])"
)
# Each form has one of these.
_SHORTEST_FORM, _HEADS = 28, ("BEGIN", "PuTTY")
_KEY_WORDS = (
    *("private", "secret", r"priv\s?key", "privkey", "prvkey", r"\bpk\b", r"\bkeys?\b", "seed", "mnemonic"),
    *("keystore", r"\bwif\b", "import"),
)
_PUBLIC_WORDS = (
    *(r"public[\s_]?key", r"pub\s?key", r"\btxn?\b", r"tx[\s_-]?(?:id|hash)", "transaction", "hash", "address"),
    *("contract", r"\bblock\b", "signature", r"\bsig\b", "checksum", "sha-?256", "commit"),
)
_MONEY_WORDS = (
    "withdr[ae]w",
    "deposit",
    "transfer",
    r"\bsent\b",
    r"\bsend",
    "receiv",
    "confirm",
    "pending",
    "explorer",
)
# An empty group marks what is public.
_LABEL = re.compile(branches(*(f"{word}()" for word in _PUBLIC_WORDS), *_KEY_WORDS))
_KEY_TOPIC = re.compile(branches(*_KEY_WORDS, behind=("public ", "public_")))
_PUBLIC_TOPIC = re.compile(branches(*_PUBLIC_WORDS, *_MONEY_WORDS, r"scan\b"))
_CALLED_PRIVATE_AFTER = re.compile(r"[^\n.?!]{0,40}\bpriv(?:ate|\s?key)")
_REACH = 40

# Whatever follows "private key", if it looks like one at all.
_CALLED_PRIVATE = Anchored(
    re.compile(
        r"(?:private|priv)[\s_-]?key[\s\"'`*]{0,3}(?:[:=]|->|\bis\b|\bwas\b)?[\s\"'`*]{0,4}"
        r"(?P<value>(?=[A-Za-z+/=_-]{0,64}\d)(?=[0-9+/=_-]{0,64}[A-Za-z])[A-Za-z0-9+/=_-]{32,512})"
    ),
    "priv",
)
_ADDRESS = re.compile(r"0x[0-9a-f]{40}")


def find_private_keys(seen: View) -> Iterator[Finding]:
    """Yield private keys; and, as a mere key, what may be one although nobody says so."""
    if has_run(seen, _SHORTEST_FORM) or has_any(seen.text, _HEADS):
        yield from _by_form(seen)
    for match in _BYTES.finditer(seen.text) if seen.text.count(",") >= _COMMAS else ():
        yield (*match.span(), FindingKind.PRIVATE_KEY)
    for match in _CALLED_PRIVATE.finditer(seen.low):
        start, end = match.span("value")
        if not _ADDRESS.fullmatch(match["value"]) and not _TWO_MEANINGS.fullmatch(seen.text[start:end]):
            yield (start, end, FindingKind.PRIVATE_KEY)


def _by_form(seen: View) -> Iterator[Finding]:
    for match in _CERTAIN.finditer(seen.text):
        yield match.start(), match.end(), FindingKind.PRIVATE_KEY
    two = [match.span() for match in _TWO_MEANINGS.finditer(seen.text)]
    otherwise = _otherwise(seen.low) if two else None
    if otherwise:
        for start, end in two:
            if not _is_public(seen.low, start, end):
                yield (start, end, otherwise)


def _is_public(low: str, start: int, end: int) -> bool:
    """Decide by the nearest word before it, unless it is called private right after."""
    labels = [*_LABEL.finditer(low, max(0, start - _REACH), start)]
    return bool(labels and labels[-1].lastindex and not _CALLED_PRIVATE_AFTER.match(low, end))


def _otherwise(low: str) -> FindingKind | None:
    """Decide by what the whole text speaks of; when that is neither keys nor payments, call it a key to be safe."""
    if _KEY_TOPIC.search(low):
        return FindingKind.PRIVATE_KEY
    return None if _PUBLIC_TOPIC.search(low) else FindingKind.KEY


GRAMMAR = frozenset(
    """
    are but did does for from had has her his how into its it not our out she should the them their these they was
    were which who whom whose why would your could been because being cant dont didnt wont isnt doesnt
    """.split()
)
"""Words that hold a sentence together and are on no list of seed words: not a misspelt word of a phrase."""


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
    re.VERBOSE,
)
_MARK_UP = "<&"
_ESCAPES = "nrtNRT"
# Every word of a listing is one of these, but those inside mark-up.
_NUMBERING = fold(
    r"words?|w|no|nr|mots?|wort|palabra|parola|palavra|slovo|слово|단어|単語|the|and|[a-z]|[ivx]{1,5}|twenty|twentieth|"
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|[a-z]{3,5}teenth"
)
_MAY_NUMBER = re.compile(rf"{_NUMBERING}|st|nd|rd|th|is")
# With mark-up, a number or one of those words a listing begins; "is" may be joined to what counts.
_LISTING_BEGINS = re.compile(r"[<&\\]|[^\W_]+|\s(?<=\d\s)(?=is\b)")
_MAY_BEGIN = re.compile(rf"(?:{_NUMBERING})(?:is)?|twenty[a-z]+")
_TOPICS = fold("seed mnemonic phrase recovery backup wallet 助记词 助記詞 фраз ニーモニック 복구 니모닉").split()
_TOPIC = re.compile(r"\b(?:12|24|twelve)\b.{0,20}\bwords")


@cache
def _lists() -> Mapping[str, Sequence[int]]:
    """Return for each word the numbers of the lists that have it; those of equal numbers share them."""
    names = sorted(Mnemonic.list_languages())
    lists = [{fold(word).casefold() for word in Mnemonic(name).wordlist} for name in names]
    lists.append({fold(word)[:_PREFIX] for word in Mnemonic("english").wordlist})
    found: dict[str, tuple[int, ...]] = {}
    same: dict[tuple[int, ...], tuple[int, ...]] = {}
    for number, words in enumerate(lists):
        for word in words:
            numbers = (*found.get(word, ()), number)
            found[word] = same.setdefault(numbers, numbers)
    return found


def find_seed_phrases(seen: View) -> Iterator[Finding]:
    """Yield each stretch of twelve or more words that one list has."""
    words = _WORD.findall(seen.text)
    if not _may_have(seen.text, words):
        return
    unlisted = _without_listing(seen)
    if unlisted is not seen.text:
        words = _WORD.findall(unlisted)
    folded = {word: word.casefold() for word in set(words)}
    forgiven = _FORGIVEN if has_any(seen.low, _TOPICS) or _TOPIC.search(seen.low) else 0
    rows = [*_rows([*map(folded.__getitem__, words)], forgiven)]
    spans = [word.span() for word in _WORD.finditer(unlisted)] if rows else []
    for first, last in rows:
        yield (spans[first][0], spans[last][1], FindingKind.SEED_PHRASE)


def _may_have(text: str, words: Sequence[str]) -> bool:
    """Return whether enough words of any lists stand in a row, those aside that only number them.

    In mark-up anything may stand between two words, and in an escape a letter is joined to the word behind it.
    """
    if len(words) < _SHORTEST:  # to read the lists takes a good part of a second
        return False
    known = _lists()
    is_listed = {word: word.casefold() in known for word in set(words)}
    has_escapes = "\\" in text
    if has_escapes:
        is_listed |= {word: True for word in is_listed if word[0] in _ESCAPES and word[1:].casefold() in known}
    listed = [*map(is_listed.__getitem__, words)]
    if sum(listed) < _SHORTEST - _FORGIVEN:
        return False
    if has_escapes or has_any(text, _MARK_UP):
        return True
    if len(is_listed) == 1:  # a word again and again is no phrase
        return False
    others = {word for word, is_one in is_listed.items() if not (is_one or _MAY_NUMBER.fullmatch(lower(word)))}
    edges = [-1, *(at for at, word in enumerate(words) if word in others), *[len(words)] * (_FORGIVEN + 1)]
    sums = [0, *accumulate(listed)]
    stretches = zip(edges, edges[_FORGIVEN + 1 :], strict=False)
    return any(sums[end] - sums[edge + 1] >= _SHORTEST - _FORGIVEN for edge, end in stretches)


def _without_listing(seen: View) -> str:
    """Return the text with spaces for what lists put between the words; where they put nothing, the same text."""
    may_begin = {piece for piece in set(_LISTING_BEGINS.findall(seen.low)) if _may_begin(piece)}
    if not may_begin:
        return seen.text
    pieces: list[str] = []
    end = 0
    for begin in _LISTING_BEGINS.finditer(seen.low):
        if begin[0] in may_begin and begin.start() >= end and (match := _LISTING.match(seen.low, begin.start())):
            start, stop = match.span()
            pieces += (seen.text[end:start], " " * (stop - start))
            end = stop
    return "".join((*pieces, seen.text[end:]))


def _may_begin(piece: str) -> bool:
    return not (piece.isalpha() or piece.isdigit()) or bool(_MAY_BEGIN.fullmatch(piece))


def _rows(words: list[str], forgiven: int) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of every stretch of windows that are one list's, misspelt words aside."""
    if len(words) < _SHORTEST:  # to read the lists takes a good part of a second
        return
    known = _lists()
    lists: dict[int, list[int]] = {}
    often: Counter[int] = Counter()
    counts = Counter(words)
    for place, (word, count) in enumerate(counts.items()):
        for number in known.get(word, ()):
            lists.setdefault(number, []).append(place)
            often[number] += count
    places = {word: place for place, word in enumerate(counts)}
    said = np.array([*map(places.__getitem__, words)])
    unlisted = np.array([*map(_cost, counts)])
    changes = np.append(0, np.cumsum(said[1:] != said[:-1]))
    varied = changes[_SHORTEST - 1 :] > changes[: 1 - _SHORTEST]
    for number in sorted(number for number, count in often.items() if count >= _SHORTEST - forgiven):
        costs = unlisted.copy()
        costs[lists[number]] = 0
        sums = np.append(0, np.cumsum(costs[said]))
        fits = varied & (sums[_SHORTEST:] - sums[:-_SHORTEST] <= forgiven)
        edges = np.flatnonzero(np.diff(fits, prepend=False, append=False)).tolist()
        for start, stop in zip(edges[::2], edges[1::2], strict=True):
            yield start, stop + _SHORTEST - 2


def _cost(word: str) -> int:
    """Return 1 for what may be a misspelt word of a phrase, and what no window can afford for any other."""
    return _SHORTEST if len(word) < _PREFIX or word in GRAMMAR else 1
