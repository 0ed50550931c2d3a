"""Clean what people write into the plain words that matching works on, and tell which of them carry a question."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache, lru_cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path

# Hebrew and Arabic points, which most people leave out; the stroke that only makes an Arabic word longer; fillers and
# the choice of a glyph. Hamza and madda are no points: they make other letters.
_LEFT_OUT = frozenset(
    code
    for first, last in (
        *((0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2), (0x05C4, 0x05C5), (0x05C7, 0x05C7), (0xFB1E, 0xFB1E)),
        *((0x0610, 0x061A), (0x0640, 0x0640), (0x064B, 0x0652), (0x0656, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06DC)),
        *((0x06DF, 0x06E4), (0x06E7, 0x06E8), (0x06EA, 0x06ED), (0x08D3, 0x08E1), (0x08E3, 0x08FF)),
        *((0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF)),
    )
    for code in range(first, last + 1)
)
# Soft hyphens, joiners, directions and the like; rings and keys around a character.
_LEFT_OUT_KINDS = frozenset(("Cf", "Me"))

_LATIN = re.compile(r"[a-z\u00aa-\u024f\u1e00-\u1eff]", re.IGNORECASE)
_ANY_LETTER = re.compile(r"[^\W\d_]")


class _Translation(dict[int, str | None]):
    """A replacement for each character, looked up when it is first met."""

    def __init__(self, become: Callable[[str], str | None]) -> None:
        super().__init__()
        self._become = become

    def __missing__(self, code: int) -> str | None:
        become = self[code] = self._become(chr(code))
        return become


def _seen(letter: str) -> str | None:
    left_out = ord(letter) in _LEFT_OUT or unicodedata.category(letter) in _LEFT_OUT_KINDS
    return None if left_out else letter


def _in_a_word(letter: str) -> str:
    return letter if letter.isascii() or letter.isalnum() or unicodedata.category(letter).startswith("M") else " "


_SEEN, _IN_WORDS = _Translation(_seen), _Translation(_in_a_word)


def without_points(text: str) -> str:
    """Return a text without Hebrew and Arabic points, soft hyphens and whatever else takes no room."""
    return text.translate(_SEEN)


def without_signs(text: str) -> str:
    """Return a text with a space for each character beyond ASCII that is neither letter, digit nor mark."""
    return text.translate(_IN_WORDS)


def is_latin(text: str) -> bool:
    """Return whether at least half of the letters of a text are Latin: an English encoder can tell few others apart."""
    return text.isascii() or 2 * len(_LATIN.findall(text)) >= len(_ANY_LETTER.findall(text))


# Beyond this a message is a story or an attack; its first part holds the question.
MAX_CHARACTERS = 4000

# None of the next four can match without one of these.
_MARKUP = re.compile(r"```|[<@:]|www\.", re.IGNORECASE)
_FENCE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_MENTION = re.compile(r"<(?:[@#!:]|a:)[^<>\s]{1,100}>|(?<![\w.])@(?:everyone|here|channel)\b")
_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_SHORTCODE = re.compile(r"(?<!\w):[a-z0-9_+-]{2,40}:(?!\w)")
_LONG_RUN = re.compile(r"([^\W\d_])\1{2,}")
_APOSTROPHE = re.compile(r"(?<=\w)['\u2018\u2019\u02bc\u02b9`\u00b4](?=\w)")
_WORD = re.compile(r"[^\W_]+(?:[^\W_]|[\u0300-\u036f])*")
# Once `without_signs` is through with a text, what is no letter, space or ASCII is a mark.
_MARKED_WORD = re.compile(r"[^\W_]+(?:[^\W_]|[^\w\s\x00-\x7f])*")
# ASCII without any of these is its words between blanks, once all but letters and digits is taken out.
_UNPLAIN = re.compile(r"[<@:`]|www\.|''|([a-z])'?\1'?\1")
_BLANKS = {code: None if chr(code) == "'" else " " for code in range(128) if not chr(code).isalnum()}
# What lower-casing a Turkish capital leaves behind.
_DOTTED_I = re.compile(r"i\u0307+")

# Scripts that put no spaces between words: these, and Hiragana, Katakana, Thai, Lao, Khmer and Burmese.
HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
UNSPACED = HAN + r"\u3041-\u30ff\u31f0-\u31ff\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"
_RUN_OR_REST = re.compile(rf"([{UNSPACED}]+)|[^{UNSPACED}]+")
# A letter with its marks, and with the letters that stand below it.
_LETTER = re.compile(r"\w(?:[\u1039\u17d2]\w|\W)*")
_HAN_LETTER = re.compile(f"[{HAN}]")

# Letters of other alphabets that look like Latin ones, as a phone's keyboard or a prankster puts them into Latin words.
_LOOK_ALIKES = str.maketrans(
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0458\u0455"
    "\u03b1\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7",
    "abekmhopctyxijsaeikvoptux",
)


def normalise(text: str) -> str:
    """Return the words of a message, lower case, one space apart; the same for all ways to type them.

    Unicode forms, case, punctuation, mentions, links, code blocks, emoji, runs of a letter and foreign letters in
    Latin words are evened out:
    "Heeeelp!! <@U1> I can't log in…" becomes "heelp i cant log in". Idempotent.
    """
    return " ".join(tokens(text))


def tokens(text: str) -> list[str]:
    """Return the words of a message in order, cleaned as `normalise` does."""
    folded = text[:MAX_CHARACTERS].casefold()
    if folded.isascii():
        plain_enough = not _UNPLAIN.search(folded)
        return folded.translate(_BLANKS).split() if plain_enough else _WORD.findall(_evened(folded))
    words = _MARKED_WORD.findall(without_signs(_evened(_composed(text[:MAX_CHARACTERS]))))
    return [_in_one_alphabet(word) for word in words]


def cut(words: Iterable[str]) -> list[str]:
    """Return words with what matches in place of a run of a script without spaces.

    That is each two neighbouring letters of the run, and each Chinese character, which may be a word by itself:
    "qr\u30b3\u30fc\u30c9" becomes "qr", "\u30b3\u30fc", "\u30fc\u30c9".
    """
    words = list(words)
    if all(map(str.isascii, words)):
        return words
    found: list[str] = []
    for word in words:
        if word.isascii():
            found.append(word)
        else:
            for part in _RUN_OR_REST.finditer(word):
                found.extend(_parts(part[0]) if part[1] else (part[0],))
    return found


def plain(text: str) -> str:
    """Return a message as it was written, without mentions, links, code blocks and emoji."""
    return " ".join(_without_markup(text[:MAX_CHARACTERS]).split())


def without_long_runs(text: str) -> str:
    """Return a text with each run of three and more of a letter cut to two, as `normalise` cuts them."""
    return _LONG_RUN.sub(r"\1\1", text)


def latin(text: str) -> str:
    """Return a text with the letters that only look Latin replaced in words that have Latin ones too."""
    return text if text.isascii() else _WORD.sub(_latin_word, text)


def _composed(text: str) -> str:
    """Return a text in lower case, letters and marks composed, without what nobody sees or most leave out."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFKC", _DOTTED_I.sub("i", without_points(folded)))


def _evened(text: str) -> str:
    return _LONG_RUN.sub(r"\1\1", _APOSTROPHE.sub("", _without_markup(text)))


def _parts(run: str) -> list[str]:
    """Return the parts in order, so that those of a name stand side by side in any run that has the name."""
    letters = _LETTER.findall(run)
    parts = letters[:1] if _HAN_LETTER.match(run) else []
    for first, second in pairwise(letters):
        parts += [first + second, second] if _HAN_LETTER.match(second) else [first + second]
    return parts or [run]


def _latin_word(found: re.Match[str]) -> str:
    folded = found[0].casefold()
    word = _in_one_alphabet(folded)
    return found[0] if word == folded else word


def _without_markup(text: str) -> str:
    if _MARKUP.search(text):
        for pattern in (_FENCE, _MENTION, _LINK, _SHORTCODE):
            text = pattern.sub(" ", text)
    return text


def _in_one_alphabet(word: str) -> str:
    """Return a word that has Latin letters with those that only look Latin replaced."""
    if word.isascii() or not any("a" <= letter <= "z" for letter in word):
        return word
    return _LONG_RUN.sub(r"\1\1", _composed(word.translate(_LOOK_ALIKES)))


STEMS = "stems.txt"
"""Name the file of words whose stems are known, written by `bench/stems.py`."""


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list that is written as one text."""
    return frozenset(text.split())


# Words that say nothing of the topic. Question words and negations that tell entries apart stay out of the list:
# why, when, where, not, no. Contractions stand as they are once their apostrophe is gone.
STOP_WORDS = word_set("""
    a an the this that these that those there here it its itself
    i im ive id ill me my mine myself we our ours us you your yours u ur he she they them their his her
    am is are was were be been being isnt arent wasnt werent do does did doing done
    have has had having havent hasnt can could would should shall will may might must
    of to in on at for from with by as into onto about and or but if so than then also just only very really
    too again still even ever already now
    what whats which who whom how hows
    please pls plz kindly hi hello hey thanks thank thx ok okay yes yeah well
    get got getting want wanted need needed like tell know let lets say some any anyone someone something
    guys sir team bro mate dear help
""")

_ADDRESSED = word_set("there all everyone everybody guys team folks sir bro mate friends")
_HELLO = word_set(
    "hi hello hey heya hiya yo sup gm gn morning afternoon evening night good greetings hola howdy welcome"
)
_FILLING = word_set("you u so much very a lot many again it got")
_THANKING = word_set("""
    thanks thank thx ty tysm thankyou tks cheers appreciated appreciate great nice cool perfect awesome
    ok okay kk k worked works solved np lol haha yes yeah yep sure done bye goodbye cya
""")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the Snowball (Porter 2) stem of one cleaned word."""
    return _known_stems().get(word) or _stemmer()(word)


@cache
def _known_stems() -> Mapping[str, str]:
    read = (Path(__file__).parent / STEMS).read_text("utf-8").split()
    return dict(zip(read[::2], read[1::2], strict=True))


@cache
def _stemmer() -> Callable[[str], str]:
    """Return what works out a stem; few processes need it at once."""
    found: Callable[[str], str] = import_module("snowballstemmer").stemmer("english").stemWord
    return found


STOP_STEMS = frozenset(stem(word) for word in STOP_WORDS)


def content(stems: Iterable[str]) -> list[str]:
    """Return the stems that carry meaning, in order."""
    return [word for word in stems if word not in STOP_STEMS]


def carrying(words: Iterable[str]) -> list[str]:
    """Return the words that carry meaning, in order."""
    return [word for word in words if word not in STOP_WORDS]


# A prefix that makes a word another one, mostly its opposite; no slip of the pen puts it there or leaves it out.
PREFIXES = ("un", "dis", "non", "in", "im", "de", "re", "mis", "under")


def turns(one: str, other: str) -> bool:
    """Return whether one word is the other with a prefix that makes it another word."""
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer.endswith(shorter) and longer[: len(longer) - len(shorter)] in PREFIXES


def is_greeting(words: Collection[str]) -> bool:
    """Return whether the words only say hello."""
    return _is_only(words, _HELLO, around=_ADDRESSED)


def is_thanks(words: Collection[str]) -> bool:
    """Return whether the words only thank, agree or say goodbye."""
    return _is_only(words, _THANKING, around=_FILLING | _ADDRESSED)


def _is_only(words: Collection[str], core: frozenset[str], *, around: frozenset[str]) -> bool:
    return not core.isdisjoint(words) and (core | around).issuperset(words)
