# ruff: noqa: RUF001  # words and marks of other languages; words of other languages
"""Name the marks of questions, answers and titles, in the usual languages."""

import re
from collections.abc import Sequence

_CLOSING = "[\"'\u2019\u201d\u00bb)\\]*_\\s]*"
_QUESTION_MARK = re.compile(rf"[?\uff1f\u061f]!?{_CLOSING}(?:\([^()]*\)\s*)?$")
_QUESTION_WORDS = (
    r"question|frage|pregunta|domanda|pergunta|вопрос|питання|soru|vraag|pytanie|fråga|spørgsmål|otázka|kérdés|întrebare|"
    r"问题|問題|问|問|質問|질문"
)
_ANSWER_WORDS = (
    r"answer|ans|antwort|respuesta|réponse|reponse|risposta|resposta|ответ|відповідь|cevap|yanıt|antwoord|odpowiedź|svar|"
    r"odpověď|válasz|răspuns|答案|回答|答|답변|답"
)
_NUMBER = r"\s*(?:#|\.|no?\.?\s?|nr\.?\s?)?\d{1,3}(?:\.\d{1,3})*"
_DELIMITER = r"(?:\s*[:\uff1a]|\s+[-\u2013\u2014](?=\s)|[.)>](?=[\s*_]|$))"


def _label(words: str, letters: str, others: str = "") -> re.Pattern[str]:
    """Return a pattern for `Q:`, `Q1.`, `(Q)`, `Frage 3:` and the like at the beginning of a line."""
    worded = rf"(?:{words})(?:{_NUMBER})?(?:\s*[:\uff1a]|\s+[-\u2013\u2014](?=\s)|\s*$)|(?:{words}){_NUMBER}[.)]"
    lettered = rf"(?:{letters})(?:{_NUMBER})?{_DELIMITER}|(?:{letters})\d{{1,3}}(?=\s)|[\[(](?:{letters})\d*[\])]:?"
    if others:
        lettered += rf"|(?:{others})(?:{_NUMBER})?\s*[:\uff1a]|(?:{others})\d{{0,3}}[.)](?=\s)"
    return re.compile(rf"(?:{worded}|{lettered})\s*", re.IGNORECASE)


# The first letter of "question" and "answer" in some languages; Q alone needs no answer to be known by.
_LETTERS = "fpdвsv"
_Q = _label(_QUESTION_WORDS, "q", "|".join(_LETTERS))
_A = _label(_ANSWER_WORDS, "a", "r|о|c|o|s")
_SURE_Q = _label(_QUESTION_WORDS, "q")
_EMPHASIS = r"(?:\*\*\*|\*\*|__|\*|_)"
_LABEL_ALONE = re.compile(
    rf"^(?P<before>\s{{0,3}}(?:(?:[-*+•]|\d{{1,3}}[.)])\s+)?)(?P<mark>{_EMPHASIS})(?P<word>\w{{1,12}}(?:\s?\d{{1,3}})?)(?P=mark)(?:\s*[:\uff1a.]|\s+[-\u2013\u2014](?=\s))"
)
_LINE_START = re.compile(rf"[ ]{{0,3}}(?:(?:[-*+•]|\d{{1,3}}[.)])[ ]+)?(?P<open>{_EMPHASIS})?")

_NUMBERING = re.compile(
    r"(?:\(?#?\d{1,3}(?:\.\d{1,3})*[.):]|#\d{1,3}|\(?[a-z]\)|[a-z]\.\d{1,3}[.):]?|\d{1,3}\s+[-\u2013\u2014]"
    r"|(?-i:[IVX]{1,5})[.)]|(?:section|part|chapter|teil|kapitel|abschnitt|partie|chapitre|sección|parte|capítulo|раздел"
    r"|часть|глава)\s+(?:\d{1,2}|[ivx]{1,5})(?:\s*[:.]|\s+[-\u2013\u2014]))\s+",
    re.IGNORECASE,
)
_BARE_NUMBERING = re.compile(r"§?\s?\d{1,3}(?:\.\d{1,3})*[.):]?\s+(?=\D)|\d{1,3}(?:\.\d{1,3})*[.):](?=\w)")
# Marks that are part of a word where one follows at once: `#general`, `--force`, `C++`.
_WORD_MARKS = r"[-#~+*>|\u2013\u2014:]+"
_ORNAMENT = r"[•·▪▫■□●○◆◇►▶▸‣→➜➤¶§✓✔✅❓❔⁇\ufe0f\u200d\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u20e3]"
_SHORTCODE = r":[a-z][a-z0-9_+-]{1,40}:"
_LEADING = re.compile(rf"(?:\s|{_ORNAMENT}|{_WORD_MARKS}\s|{_SHORTCODE}\s)+|[0-9]\ufe0f?\u20e3\s*")
_TRAILING = re.compile(rf"(?:\s|{_ORNAMENT}|\s{_WORD_MARKS}|\s{_SHORTCODE})+$")
_ATTRIBUTES = re.compile(r"\s*\{(?:[:#.][^{}]*|\s*[\w-]+=[^{}]*|/\*.*?\*/|\s*#[^{}]*)\}\s*$")

_INTERROGATIVES = re.compile(
    r"(?:how|what|whats|what's|why|when|where|who|whose|which|can|could|do(?! not)|does|did|is|are|am|was|were|will|"
    r"would|should|may|must|has|have|"
    r"wie|was|warum|wieso|weshalb|wann|wo|wohin|woher|wer|wen|wem|welche[rsnm]?|womit|kann|können|muss|darf|gibt es|"
    r"ist|sind|"
    r"cómo|como|qué|cuándo|dónde|por qué|cuál|cuáles|quién|cuánto|cuánta|cuántos|puedo|se puede|"
    r"comment|pourquoi|quand|où|qui|quels?|quelles?|combien|puis-je|peut-on|est-ce|qu'est-ce|dois-je|que faire|"
    r"come|cosa|perché|quando|dove|quali?|quanto|posso|onde|quem|qual|quais|o que|por que|"
    r"как|что|почему|когда|где|кто|какой|какие|какая|какое|сколько|можно ли|можно|куда|зачем|чем|"
    r"nasıl|ne|neden|niçin|nerede|kim|hangi|kaç|hoe|wat|waarom|wanneer|waar|jak|co|dlaczego|kiedy|gdzie|ile|czy)\b",
    re.IGNORECASE,
)  # fmt: skip
_ASKING_SIGNS = re.compile(
    r"[吗呢嗎]$|^(?:如何|怎么|怎麼|怎样|什么|什麼|为什么|為什麼|哪|是否|能否|可否|多少)|(?:ですか|ますか|のか)$|[까요]\?$"
)


def is_marked_question(title: str) -> bool:
    """Return whether a title ends in a question mark."""
    return title.startswith("¿") or _QUESTION_MARK.search(title) is not None


def asks(title: str) -> bool:
    """Return whether a title is a question by its mark or by its first word."""
    return is_marked_question(title) or bool(_INTERROGATIVES.match(title) or _ASKING_SIGNS.search(title))


def is_brief(title: str) -> bool:
    """Return whether a question is a single word, as "Why?", which asks about what stands above it."""
    return is_marked_question(title) and len(title.split()) == 1 and title.isascii()


def after_question_label(line: str, *, lettered: str = "") -> str | None:
    """Return what stands behind `Q:` or a word like it, with the emphasis around it, None without such a label.

    `lettered` has the first letters of other languages that count too, in a text that labels its answers.
    """
    sure = _after(_SURE_Q, line)
    return _after(_Q, line) if sure is None and lettered and _initial(line) in lettered else sure


def after_answer_label(line: str) -> str | None:
    """Return what stands behind `A:` or a word like it, with the emphasis around it, None without such a label."""
    return _after(_A, line)


def letters_of(texts: Sequence[str]) -> str:
    """Return the letters that label questions in a text: beside whole words those of such words, with answers below."""
    filled = [line for line in texts if line.strip()]
    found = [(line, below) for line, below in zip(filled, [*filled[1:], ""], strict=True) if _is_lettered(line)]
    labelled = {_initial(line) for line in filled if after_question_label(line) is not None}
    if not labelled:
        return _LETTERS if found else ""
    answered = {_initial(line) for line, below in found if after_answer_label(below) is not None}
    return "".join(sorted(labelled & answered))


def _is_lettered(line: str) -> bool:
    return after_question_label(line) is None and after_question_label(line, lettered=_LETTERS) is not None


def _initial(line: str) -> str:
    return line.lstrip(" *_[(>-")[:1].casefold()


def _after(label: re.Pattern[str], line: str) -> str | None:
    line = _LABEL_ALONE.sub(r"\g<before>\g<mark>\g<word>:\g<mark>", line, count=1)
    start = _LINE_START.match(line)
    found = label.match(line, start.end()) if start else None
    if start is None or found is None:
        return None
    return _reopened(start["open"] or "", line[found.end() :])


def _reopened(emphasis: str, rest: str) -> str:
    """Return the rest of a line whose emphasis began before the label."""
    if not emphasis or not rest:
        return rest
    if rest.startswith(emphasis):
        return rest[len(emphasis) :].lstrip()
    if emphasis in rest:
        return emphasis + rest
    return rest


def plain_title(text: str, *, numbered: bool = False) -> str:
    """Return a title without numbering, label and ornaments; if `numbered`, also without a number that stands bare."""
    title = _ATTRIBUTES.sub("", " ".join(text.replace("\u00ad", "").replace("\u200b", "").split()))
    before = ""
    while title != before:  # as in "❓ 3. Q:"
        before = title
        title = _without_ornaments(title)
        title = _without(_SURE_Q, title)
        title = _without(_NUMBERING, title)
        if numbered:
            title = _without(_BARE_NUMBERING, title)
    return title


def _without(mark: re.Pattern[str], title: str) -> str:
    found = mark.match(title)
    return title[found.end() :] if found and title[found.end() :].strip() else title


def has_number(title: str) -> bool:
    """Return whether a title begins with a number, as those of a numbered list do."""
    return _BARE_NUMBERING.match(_without(_SURE_Q, _without_ornaments(title))) is not None


def _without_ornaments(title: str) -> str:
    """Return a title without what only adorns it: emoji, bullets, arrows."""
    start = _LEADING.match(title)
    kept = _TRAILING.sub("", title[start.end() :] if start else title)
    return kept if any(map(str.isalnum, kept)) else title.strip()


def is_labelled(title: str) -> bool:
    """Return whether a title begins with `Q:` or a word like it."""
    return _SURE_Q.match(_without_ornaments(title)) is not None
