# ruff: noqa: RUF001  # words of other languages
"""Find what somebody asks in what they sent: without quotes, struck-out text, code, polite frame and signature."""

import re
from collections.abc import Sequence

from bot.core.searching.text import MAX_CHARACTERS, STOP_WORDS, plain, tokens
from bot.core.talk.asking import asks, features

LONGEST = 40_000
"""Behind so much nothing is read."""
# A question that stands behind a paste has no more than this, and stands near its beginning or its end.
_QUESTION, _NEAR = 400, 60
# Beyond this a message is looked through for the sentences that ask.
_LONG = 1_000
# With fewer words the code in a line is what the line is about.
_ENOUGH = 2
_FORMS = frozenset({"opens", "asks", "mark", "help"})

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
    return read if len(read) <= _LONG else _asking_part(read) or read


def _without(pattern: re.Pattern[str], text: str, *, least: int = 1, polite: bool = False) -> str:
    """Return a text without what has a pattern, unless hardly a word would be left; what is polite asks nothing."""
    left = pattern.sub(lambda found: found[0] if polite and asks(found[0][:_QUESTION]) else " ", text)
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
    questions = [sentence for sentence in short if any(each & _FORMS for each in features(sentence))]
    return questions or [sentence for sentence in short if asks(sentence)]
