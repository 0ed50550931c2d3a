"""Clean what people write into the plain words that matching works on."""

import re
import unicodedata

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
_WORD = re.compile(r"[^\W_]+(?:[^\W_]|[\u0300-\u036f\u0900-\u0dff\u0e00-\u0e7f\u200c\u200d])*")

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
    if not folded.isascii():
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).casefold())
    folded = _LONG_RUN.sub(r"\1\1", _APOSTROPHE.sub("", _without_markup(folded)))
    words = _WORD.findall(folded)
    return words if folded.isascii() else [_in_one_alphabet(word) for word in words]


def plain(text: str) -> str:
    """Return a message as it was written, without mentions, links, code blocks and emoji."""
    return " ".join(_without_markup(text[:MAX_CHARACTERS]).split())


def latin(text: str) -> str:
    """Return a text with the letters that only look Latin replaced in words that have Latin ones too."""
    return text if text.isascii() else _WORD.sub(_latin_word, text)


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
    return _LONG_RUN.sub(r"\1\1", word.translate(_LOOK_ALIKES))
