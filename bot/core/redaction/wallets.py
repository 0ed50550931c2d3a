"""Find what gives a wallet away: private keys and seed phrases.

A private key is known by its form, and where a form has two meanings by the words around it; a seed phrase is twelve or
more BIP-39 words in a row, however they are listed.
"""

# ruff: noqa: SIM905  # a list of words is easier to read and to change as plain text

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import accumulate

from mnemonic import Mnemonic

from bot.core.redaction.view import Finding, FindingKind, Guarded, fold

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
    | \[ \s? \d{{1,3}} (?: ,\s{{0,3}}\d{{1,3}} ){{63}} \s? \]  # Solana: the bytes
    """,
    re.VERBOSE,
)

# A private key, or else a transaction hash, a contract, a signature.
_TWO_MEANINGS = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?:0x|0X)?[0-9a-fA-F]{{64}}|{_BASE58}{{87,88}}|(?:0x|0X)?[0-9a-fA-F]{{128}})(?![A-Za-z0-9])"
)
# Each form has one of these or, being a list of bytes, so many commas.
_MAY_HAVE_FORM, _COMMAS = re.compile(r"[A-Za-z0-9]{28}|BEGIN|PuTTY"), 63
_KEY_WORDS = r"private|secret|priv\s?key|privkey|prvkey|\bpk\b|\bkeys?\b|seed|mnemonic|keystore|\bwif\b|import"
_PUBLIC_WORDS = (
    r"public[\s_]?key|pub\s?key|\btxn?\b|tx[\s_-]?(?:id|hash)|transaction|hash|address|contract|\bblock\b|"
    r"signature|\bsig\b|checksum|sha-?256|commit"
)
_MONEY_WORDS = r"withdr[ae]w|deposit|transfer|\bsent\b|\bsend|receiv|confirm|pending|explorer|scan\b"
_LABEL = re.compile(rf"(?P<public>{_PUBLIC_WORDS})|{_KEY_WORDS}", re.IGNORECASE)
_KEY_TOPIC = re.compile(rf"(?<!public )(?<!public_)(?:{_KEY_WORDS})", re.IGNORECASE)
_PUBLIC_TOPIC = re.compile(rf"{_PUBLIC_WORDS}|{_MONEY_WORDS}", re.IGNORECASE)
_CALLED_PRIVATE_AFTER = re.compile(r"[^\n.?!]{0,40}\bpriv(?:ate|\s?key)", re.IGNORECASE)
_REACH = 40

# Whatever follows "private key", if it looks like one at all.
_CALLED_PRIVATE = Guarded(
    re.compile(
        r"(?:private|priv)[\s_-]?key[\s\"'`*]{0,3}(?:[:=]|->|\bis\b|\bwas\b)?[\s\"'`*]{0,4}"
        r"(?P<value>(?=[A-Za-z+/=_-]{0,64}\d)(?=[0-9+/=_-]{0,64}[A-Za-z])[A-Za-z0-9+/=_-]{32,512})",
        re.IGNORECASE,
    ),
    "priv",
)
_ADDRESS = re.compile(r"0x[0-9a-f]{40}", re.IGNORECASE)


def find_private_keys(text: str) -> Iterator[Finding]:
    """Yield private keys; and, as a mere key, what may be one although nobody says so."""
    if _MAY_HAVE_FORM.search(text) or text.count(",") >= _COMMAS:
        yield from _by_form(text)
    for match in _CALLED_PRIVATE.finditer(text):
        if not _ADDRESS.fullmatch(match["value"]) and not _TWO_MEANINGS.fullmatch(match["value"]):
            yield Finding(match.start("value"), match.end("value"), FindingKind.PRIVATE_KEY)


def _by_form(text: str) -> Iterator[Finding]:
    for match in _CERTAIN.finditer(text):
        yield Finding(match.start(), match.end(), FindingKind.PRIVATE_KEY)
    two = [*_TWO_MEANINGS.finditer(text)]
    otherwise = _otherwise(text) if two else None
    for match in two:
        if kind := _kind(text, match, otherwise):
            yield Finding(match.start(), match.end(), kind)


def _kind(text: str, match: re.Match[str], otherwise: FindingKind | None) -> FindingKind | None:
    """Decide by the nearest word before it, unless it is called private right after."""
    labels = [*_LABEL.finditer(text, max(0, match.start() - _REACH), match.start())]
    public = labels and labels[-1]["public"] and not _CALLED_PRIVATE_AFTER.match(text, match.end())
    return None if public else otherwise


def _otherwise(text: str) -> FindingKind | None:
    """Decide by what the whole text speaks of; when that is neither keys nor payments, call it a key to be safe."""
    if _KEY_TOPIC.search(text):
        return FindingKind.PRIVATE_KEY
    return None if _PUBLIC_TOPIC.search(text) else FindingKind.KEY


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
