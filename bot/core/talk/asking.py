# ruff: noqa: RUF001  # words of other languages
"""Find what somebody asks in what they sent, and distinguish messages that ask from those that only say something.

By words, a logistic model over cues: which of the wordings in `asking.txt` a sentence has, pairs of those, words, and
runs of letters in them. What the likeliest sentence of a message says counts. Where that is not clear and the encoder
that ships has read the message, what a layer in its middle makes of it counts as well: how a message is put shows there
more than in the vector of what it is about. `bench/asking.py` fits both.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import fsum, inf, sqrt, tanh
from pathlib import Path
from zlib import crc32

import numpy as np

from bot.core.searching.arrays import Floats
from bot.core.searching.text import MAX_CHARACTERS, STOP_WORDS, is_latin, plain, tokens
from bot.core.searching.vectors import Encode, Vectors, read_by
from bot.core.talk.cues import Sentence, clauses, cues, sentences

CUES, WEIGHTS, LETTERS, MEANING = "asking.txt", "asking_weights.txt", "asking_letters.npy", "asking_meaning.npz"
"""Name the files of the wordings, of their weights, and of those of runs of letters and of meanings."""
BUCKETS = 1 << 16
"""So many weights there are for runs of letters; runs of the same checksum share one."""
PROBE = "how do I move my account to a new phone"
"""By what it makes of this text the encoder that ships is known."""
_FORMS = frozenset({"opens", "asks"})
BIAS, WORD = "bias", "="
_CYRILLIC, HAN, _KANA = (re.compile(f"[{each}]") for each in (r"\u0400-\u052f", r"\u4e00-\u9fff", r"\u3040-\u30ff"))
# So long are the runs of letters, with a space at both ends of a word; of longer words the beginning counts.
_RUNS, _LONGEST_WORD = range(2, 6), 40
# Of so many words is a sentence that is short, and one that is long.
_SHORT, _LONG = 3, 12
# Between these, words alone do not tell, and the vector is worth its time.
_SURELY_NOT, _SURELY = -0.9, 0.9
# Vectors of another processor are off by less than this, those of another model by more.
_OFF = 0.05
# From so much on, of what `clearness` returns, a message rather asks than not.
_RATHER = 0.0
LEAST = -0.1
"""Above so much of it a message is taken to ask: a question missed is worse than a statement read."""
PAIRS = (
    *(("trouble", other) for other in ("mine", "others", "past", "settled", "speaker", "topic", "opinion", "chatter")),
    *(("asks", other) for other in ("tells", "opinion", "chatter", "past", "settled", "gives", "finite")),
    *(("opens", other) for other in ("tells", "opinion", "chatter", "past", "settled", "gives", "finite")),
    *(("mark", other) for other in ("chatter", "opens", "tells")),
    *(("loss", other) for other in ("mine", "topic", "past", "finite")),
    *(("mine", other) for other in ("past", "settled")),
    *((one, "finite") for one in ("topic", "opinion", "speaker", "trouble", "help", "action")),
    ("wants", "topic"),
    ("action", "short"),
)
"""Names the cues that say together something else than each by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeaningWeights:
    """A quadratic function of a vector beside what words say, and the vector of `PROBE` by the encoder it is for."""

    probe: Vectors
    centre: Floats
    axes: Floats
    linear: Floats
    squares: Floats
    said: Floats
    constant: Floats

    def of(self, said: float, vector: Vectors) -> float:
        """Return how clearly a message asks: above 0 it rather does."""
        off = vector - self.centre
        along = self.axes @ off
        found = self.constant + self.said * said + self.linear @ off + along @ self.squares @ along
        return round(float(found), 6)

    def is_for(self, encode: Encode) -> bool:
        """Return whether this was fitted on the vectors of an encoder."""
        read = read_by(encode, [PROBE])
        if read is None or read.manners is None or read.manners[0].shape != self.probe.shape:
            return False
        return bool(abs(read.manners[0] - self.probe).max() < _OFF)

    def write(self, path: Path) -> None:
        """Write the numbers to a file, as exactly as they count."""
        arrays = {name: np.asarray(getattr(self, name), np.float16) for name in self.__slots__}
        np.savez(path, allow_pickle=False, **arrays)


def asks(text: str, encode: Encode | None = None) -> bool:
    """Return whether a message asks something or tells of a trouble, as far as its words and its meaning tell."""
    return clearness(text, encode) > LEAST


def is_plainly_told(text: str) -> bool:
    """Return whether the words of a message alone give away that it asks nothing."""
    return clearness(text) <= _SURELY_NOT


def clearness(text: str, encode: Encode | None = None, *, meant: Callable[[], str] | None = None) -> float:
    """Return how clearly a message asks, from about -1 to 1; in scripts that there are no wordings of, it may: 1.

    `meant` returns the text without slips of the keys, for the encoder.
    """
    if not _is_listed(text):
        return 1.0
    said = max((_said(sentence, names) for sentence, names in read_sentences(text)), default=-inf)
    by_words = tanh(said / 2)
    if encode is None or not _SURELY_NOT < by_words < _SURELY or not is_latin(text) or not _meaning().is_for(encode):
        return by_words
    read = read_by(encode, [text if meant is None else meant()])
    return by_words if read is None or read.manners is None else _meaning().of(said, read.manners[0])


def features(text: str) -> list[frozenset[str]]:
    """Return the features of each sentence of a message."""
    return [names for _, names in read_sentences(text)]


def read_sentences(text: str) -> list[tuple[Sentence, frozenset[str]]]:
    """Return the sentences of a message, and the later parts of them that ask by their form, with their features."""
    found = [(sentence, cues(CUES).of(sentence.words)) for sentence in sentences(text)]
    settled = len(found) > 1 and any("settled" in meanings for _, meanings in found)
    # What is told first must not drown the question that comes after a comma.
    parts = [(part, cues(CUES).of(part.words)) for part in clauses(text)]
    asking = [(part, meanings) for part, meanings in parts if meanings & _FORMS and "tells" not in meanings]
    each = (*found, *asking)
    return [(sentence, _features(sentence, meanings, settled=settled)) for sentence, meanings in each]


def runs(sentence: Sentence) -> list[int]:
    """Return which weights for runs of letters a sentence has, each once and in order."""
    words = [*sentence.words.split(), *(["?"] if sentence.asks else [])]
    return sorted({bucket for word in words for bucket in _runs_in(word[:_LONGEST_WORD])})


@lru_cache(maxsize=8_192)
def _runs_in(word: str) -> tuple[int, ...]:
    spaced = f" {word} "
    found = {spaced[at : at + long] for long in _RUNS for at in range(len(spaced) - long + 1)}
    return tuple(crc32(each.encode("utf-8", "replace")) % BUCKETS for each in found)


def _said(sentence: Sentence, names: AbstractSet[str]) -> float:
    """Return what the words and the letters of a sentence say."""
    weights, found = _weights(), runs(sentence)
    # Features have no order: a plain sum would differ from process to process in its last digit.
    by_names = fsum(weights.get(name, 0) for name in {*names, BIAS})
    return by_names + fsum(_letters()[found]) / sqrt(max(len(found), 1))


def _features(sentence: Sentence, meanings: AbstractSet[str], *, settled: bool) -> frozenset[str]:
    length = len(sentence.words.split())
    shapes = {
        "mark": sentence.asks,
        "one": length == 1,
        "short": 1 < length <= _SHORT,
        "long": length > _LONG,
        "fragment": "topic" in meanings and not meanings & {"finite", "speaker", "opinion"},
        "all settled": settled,
    }
    found = {*meanings, *(name for name, is_there in shapes.items() if is_there)}
    pairs = {f"{one} {other}" for one, other in PAIRS if one in found and other in found}
    # Chinese words stand without spaces: each letter counts as one, and each two of them.
    return frozenset(found | pairs | _words(HAN.sub(r" \g<0> ", sentence.words).split()))


def _words(words: Sequence[str]) -> set[str]:
    """Return the words of a sentence, two and three neighbours, and what it begins and ends with."""
    bounded = (f"^{words[0]}", *words[1:], "$")
    two = {f"{one}_{other}" for one, other in pairwise(words)}
    three = {"_".join(each) for each in zip(bounded, bounded[1:], bounded[2:], strict=False)}
    ends = {f"^{words[0]}", f"{words[-1]}$", f"^{'_'.join(words[:2])}"}
    return {f"{WORD}{each}" for each in {*words, *two, *three, *ends}}


@cache
def _weights() -> Mapping[str, float]:
    lines = (Path(__file__).parent / WEIGHTS).read_text("utf-8").splitlines()
    pairs = (line.rpartition(" ") for line in lines if line and not line.startswith("#"))
    return {name: float(weight) for name, _, weight in pairs}


@cache
def _letters() -> Floats:
    weights: Floats = np.load(Path(__file__).parent / LETTERS).astype(np.float64)
    return weights


@cache
def _meaning() -> MeaningWeights:
    with np.load(Path(__file__).parent / MEANING) as numbers:
        return MeaningWeights(**{name: numbers[name].astype(np.float64) for name in numbers.files})


def _is_listed(text: str) -> bool:
    """Return whether a text is in Latin, Cyrillic or Chinese letters."""
    letters = [letter for letter in text if letter.isalpha()]
    listed = len(_CYRILLIC.findall(text)), 0 if _KANA.search(text) else len(HAN.findall(text))
    return is_latin(text) or 2 * max(listed) >= len(letters)


LONGEST = 40_000
"""Behind so much nothing is read."""
# A question that stands behind a paste has no more than this, and stands near its beginning or its end.
_QUESTION, _NEAR = 400, 60
# Beyond this a message is looked through for the sentences that ask.
_LONG_MESSAGE = 1_000
# With fewer words the code in a line is what the line is about.
_ENOUGH = 2
_ASKING = frozenset({"opens", "asks", "mark", "help"})

_FENCE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_INLINE = re.compile(r"(`{1,2})(?!`)[^`\n]+\1")
_STRUCK = re.compile(r"~~(?=\S)[^\n]+?~~|(?<![\w~])~(?=\S)[^~\n]+?(?<=\S)~(?![\w~])")
_ONE_LINE_QUOTED = re.compile(r"^[ \t]*(?:>(?!>>)|&gt;(?!&gt;&gt;))[^\n]*$", re.MULTILINE)
_REST_QUOTED = re.compile(r"^[ \t]*(?:>>>|&gt;&gt;&gt;)[ \t]?.*\Z", re.MULTILINE | re.DOTALL)
_MARKS = re.compile(r"```(?:\w+\n)?|^[ \t]*(?:>{1,3}|(?:&gt;){1,3})[ \t]?", re.MULTILINE)

_SIGNED = (
    r"(?:best|kind|warm|kindest|many) (?:regards|wishes|thanks)|regards|sincerely(?: yours)?"
    r"|yours (?:truly|sincerely|faithfully)|cheers|(?:many )?thanks(?: a lot| so much| again)?"
    r"|thanks? and (?:best |kind )?regards|thanks? (?:you )?in advance|thank you"
    r"|(?:mit )?(?:freundlichen|besten|herzlichen|lieben|viele|liebe|beste|schöne) gr(?:ü|ue)(?:ß|ss)en?"
    r"|mfg|lg|vg|danke im voraus|(?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|gracias de antemano"
    r"|(?:bien )?cordialement|bien (?:à|a) (?:vous|toi)|merci d'avance"
    r"|с уважением|заранее спасибо|всего доброго"
)
# A name and a line or two follow; after them comes nothing.
_SIGNATURE = re.compile(
    rf"(?:^|(?<=[.!?\n]))[ \t]*(?:{_SIGNED})[ \t]*[,.!]?[^\n?]{{0,60}}(?:\n[^\n?]{{0,60}}){{0,5}}\s*\Z", re.IGNORECASE
)
_DEVICE = re.compile(
    r"^[ \t]*(?:sent|get outlook|gesendet|von meinem|enviado|envoyé|отправлено)\b[^\n?]{0,60}$",
    re.IGNORECASE | re.MULTILINE,
)
_DELIMITER = re.compile(r"^--[ \t]*\n.*\Z", re.MULTILINE | re.DOTALL)
_DISCLAIMER = re.compile(
    r"^[ \t*_]*(?:(?:confidentiality|legal|privacy) (?:notice|note|disclaimer)|disclaimer\b"
    r"|(?:this|the information in this) (?:e-?mail|message|communication)[^\n]{0,80}"
    r"(?:confidential|intended|privileged)"
    r"|diese (?:e-?mail|nachricht) enth|este (?:correo|mensaje)[^\n]{0,60}confidencial"
    r"|ce (?:message|courriel)[^\n]{0,60}confidentiel).*\Z",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_GREETING = re.compile(
    r"\A\s*(?:hi|hello|hey|dear|good (?:morning|day|afternoon|evening)|greetings|hallo|guten (?:tag|morgen|abend)"
    r"|liebe[rs]?|sehr geehrte[rs]?|moin|hola|buen[oa]s (?:d[ií]as|tardes|noches)|estimad[oa]s?|bonjour|bonsoir|cher"
    r"|ch[eè]re|salut|здравствуйте|привет|добрый (?:день|вечер)|доброе утро)\b[^\n,.!?:]{0,40}(?:[,.!:]+|\n)\s*",
    re.IGNORECASE,
)
_HOPE = re.compile(
    r"\A\s*(?:(?:i )?hope (?:you|this|all|everyone|that)|(?:ich )?hoffe|espero que|j'espère que)"
    r"[^\n.!?]{0,60}[.!\n]+\s*",
    re.IGNORECASE,
)
_END = re.compile(r"(?<=[.!?\u3002\uff1f\u061f])\s+|\n+")


def own_words(text: str) -> str:
    """Return what somebody asks in their own words; where they have none, what they quote or paste counts."""
    read = text[:LONGEST]
    for pattern in (_FENCE, _REST_QUOTED, _ONE_LINE_QUOTED, _STRUCK):
        read = _without(pattern, read)
    read = _without(_INLINE, read, least=_ENOUGH)
    for pattern in (_DISCLAIMER, _DELIMITER, _DEVICE, _HOPE):
        read = _without(pattern, read)
    for pattern in (_SIGNATURE, _GREETING, _HOPE):
        read = _without(pattern, read, polite=True)
    if not tokens(read):
        read = _MARKS.sub(" ", read)
    read = read.strip()
    return read if len(read) <= _LONG_MESSAGE else _asking_part(read) or read


def _without(pattern: re.Pattern[str], text: str, *, least: int = 1, polite: bool = False) -> str:
    """Return a text without what has a pattern, unless hardly a word would be left; what is polite asks nothing."""
    left = pattern.sub(lambda found: found[0] if polite and clearness(found[0][:_QUESTION]) > _RATHER else " ", text)
    if left == text:
        return text
    said = [word for word in tokens(plain(left)) if word not in STOP_WORDS]
    return left if len(said) >= least else text


def _asking_part(text: str) -> str:
    """Return the sentences of a long text that ask something, those near its end and its beginning."""
    sentences = [part.strip() for part in _END.split(text) if part.strip()]
    near = sentences if len(sentences) <= 2 * _NEAR else [*sentences[:_NEAR], *sentences[-_NEAR:]]
    return " ".join(_asked_among(near))[:MAX_CHARACTERS]


def _asked_among(sentences: Sequence[str]) -> Sequence[str]:
    """Return those that have the form of a question; where none has, those that tell of a trouble."""
    short = [sentence for sentence in sentences if len(sentence) <= _QUESTION]
    questions = [sentence for sentence in short if any(each & _ASKING for each in features(sentence))]
    return questions or [sentence for sentence in short if asks(sentence)]
