"""Clean what people write into the plain words that matching works on."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from bot.core.searching.characters import without_points, without_signs

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
_HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_UNSPACED = _HAN + r"\u3041-\u30ff\u31f0-\u31ff\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"
_RUN_OR_REST = re.compile(rf"([{_UNSPACED}]+)|[^{_UNSPACED}]+")
# A letter with its marks, and with the letters that stand below it.
_LETTER = re.compile(r"\w(?:[\u1039\u17d2]\w|\W)*")
_HAN_LETTER = re.compile(f"[{_HAN}]")

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
