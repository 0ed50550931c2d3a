"""Read the objects of bots, QnABot, QnA Maker, tags and custom commands, and those of help centres."""

import re
from collections.abc import Callable, Iterator

from bot.formats.tables.exported import Exported, Names, Reader
from bot.formats.tables.help_centres import HELP_CENTRES, SECTION
from bot.formats.tables.json_text import JsonObject
from bot.formats.tables.names import fold
from bot.formats.tables.rows import SMALL_TALK, by_field, doubts_of, is_small_talk, metadata, source_of
from bot.formats.tables.values import blanks, count_blanks, without_blanks

_FALLBACKS = frozenset({"no_hits", "no_verified_identity"})
"""What QnABot says when it finds nothing, and keeps beside its answers."""
_BY_ITSELF = re.compile(r"welcome\s*message|greetings?\.\d+|feedback\.\d+|language\.\d+", re.IGNORECASE)
_SAID_BY_ITSELF = ("this is what the bot says by itself, not an entry of an FAQ", "leave it out, or take it as a draft")
"""What QnABot keeps as items for its own turns in a talk."""
_ABOUT_INPUT = ("the answer is about a text that stands beside the question", "leave it out, or take it as a draft")
_SLOT = re.compile(r"QNA[A-Z]\w+")
"""The kinds of answers that QnABot asks people for, such as QNAFreeText, which it keeps as items too."""


def exported(value: JsonObject, names: Names) -> list[Exported] | None:
    """Return the entries that an object of a known export is, None for any other object."""
    return next((read(value, names) for knows, read in _KNOWN if knows(value)), None)


def _is_qnabot(value: JsonObject) -> bool:
    return "qid" in value and (bool(_asked_of(value)) or value.get("type", "qna") != "qna")


def _asked_of(value: JsonObject) -> list[str]:
    """Return the questions of an item, which older exports have as objects."""
    listed = value.get("q") or value.get("questions")
    found = listed if isinstance(listed, list) else []
    return [str(each.get("q") or "") if isinstance(each, JsonObject) else str(each) for each in found]


def _qnabot(value: JsonObject, _: Names) -> list[Exported] | None:
    """Return an item of QnABot; slot types and the like have no answers, and what it says for want of one is none."""
    asked = {str(value["qid"]), *_asked_of(value)}
    if value.get("type", "qna") != "qna" or _FALLBACKS & asked or any(map(_SLOT.fullmatch, asked)):
        return []
    alternatives = value.get("alt")
    written = alternatives.get("markdown") if isinstance(alternatives, JsonObject) else None
    answer = str(written or value.get("a") or "")
    pairs = [
        ("id", str(value["qid"])),
        *(("question", each) for each in _asked_of(value)),
        ("answer", answer),
        ("category", str(value.get("t") or "")),
    ]
    lambda_hook = ("a function makes the answer", "write the answer out") if value.get("l") else None
    own = _SAID_BY_ITSELF if any(map(_BY_ITSELF.fullmatch, asked)) else None
    return [Exported(tuple(pairs), (*filter(None, (own, lambda_hook)), *blanks([answer])))]


def _is_qna(value: JsonObject) -> bool:
    keys = {fold(key) for key in value}
    return keys >= {"questions", "answer"} and bool(keys & {"metadata", "source", "context"})


def _qna(value: JsonObject, _: Names) -> list[Exported]:
    """Return a pair of QnA Maker or of what followed it, as FAQ Plus keeps them."""
    plain = {fold(key): each for key, each in value.items()}
    source = str(plain.get("source") or "")
    pairs = [
        *(("question", str(each)) for each in plain["questions"] or ()),
        ("answer", str(plain["answer"] or "")),
        *metadata(_metadata(plain.get("metadata"))),
        *source_of(source),
    ]
    return [Exported(tuple(pairs), tuple(doubts_of(source)))]


def _metadata(value: object) -> Iterator[tuple[str, str]]:
    """Yield names and values, from an object or from a list of objects with both."""
    if isinstance(value, JsonObject):
        yield from ((key, str(each)) for key, each in value.items())
    for each in value if isinstance(value, list) else ():
        if isinstance(each, JsonObject):
            plain = {fold(key): str(part) for key, part in each.items()}
            yield plain.get("name") or plain.get("key") or "", plain.get("value", "")


def _is_command(value: JsonObject) -> bool:
    return {"response", "command"} <= value.keys()


def _command(value: JsonObject, _: Names) -> list[Exported]:
    """Return a custom command; of several responses, of which the bot takes one by chance, the plainest."""
    responses = value["response"] if isinstance(value["response"], list) else [value["response"]]
    answers = sorted((each for each in responses if isinstance(each, str) and each.strip()), key=count_blanks)
    pairs = [("question", str(value.get("command") or "")), *(("answer", without_blanks(each)) for each in answers[:1])]
    return [Exported(tuple(pairs), tuple(blanks(each for _, each in pairs[1:])))]


def _is_intent(value: JsonObject) -> bool:
    return isinstance(value.get("patterns"), list) and isinstance(value.get("responses"), list)


def _intent(value: JsonObject, _: Names) -> list[Exported]:
    """Return an intent of a chat bot: what people say, and what it says, of which one is enough."""
    asked = [("question", str(each)) for each in value["patterns"]]
    answers = sorted(map(str, value["responses"]), key=count_blanks)[:1]
    names = [("id", str(value["tag"]))] if value.get("tag") else []
    doubts = (*((SMALL_TALK,) if names and is_small_talk(names[0][1]) else ()), *blanks(answers))
    return [Exported((*names, *asked, *(("answer", each) for each in answers)), doubts)]


def _is_chat(value: JsonObject) -> bool:
    """Return whether an object is a talk of one question and one answer, as models are trained with."""
    return [each["role"] for each in _turns(value)] == ["user", "assistant"]


def _chat(value: JsonObject, _: Names) -> list[Exported]:
    question, answer = (str(each.get("content") or "") for each in _turns(value))
    return [Exported((("question", question), ("answer", answer)))]


def _turns(value: JsonObject) -> list[JsonObject]:
    messages = value.get("messages")
    turns = (each for each in messages if isinstance(each, JsonObject)) if isinstance(messages, list) else ()
    return [each for each in turns if each.get("role") in {"user", "assistant"}]


def _is_instruction(value: JsonObject) -> bool:
    return {"instruction", "output"} <= value.keys()


def _instruction(value: JsonObject, _: Names) -> list[Exported]:
    """Return what a model is trained to follow; with an input beside it, the answer is about that alone."""
    given = str(value.get("input") or "").strip()
    pairs = [("question", str(value["instruction"])), ("answer", str(value["output"]))]
    return [Exported(tuple(pairs), ((_ABOUT_INPUT,) if given else ()))]


def _is_schema(value: JsonObject) -> bool:
    return isinstance(value.get("acceptedAnswer"), JsonObject) and "name" in value


def _schema(value: JsonObject, _: Names) -> list[Exported]:
    """Return a question of a page that is marked up as schema.org has it."""
    answer = str(value["acceptedAnswer"].get("text") or "")
    return [Exported((("question", str(value["name"])), ("answer", answer)))]


def _is_embed(value: JsonObject) -> bool:
    return bool(_embeds(value)) and not str(value.get("content") or "").strip()


def _embed(value: JsonObject, _: Names) -> list[Exported]:
    """Return a tag whose answer stands in embeds: their titles, descriptions and fields."""
    embeds = _embeds(value)
    title = str(embeds[0].get("title") or "")
    name = str(value.get("name") or value.get("tag") or "")
    texts = [text for each in embeds for text in _embedded(each, titled=each is not embeds[0] or not (title or name))]
    listed = value.get("aliases")
    aliases = listed if isinstance(listed, list) else []
    pairs = [
        ("question", title or name),
        *(("aliases", str(each)) for each in ([name] if title and name else [])),
        *(("aliases", str(each)) for each in aliases),
    ]
    return [Exported((*pairs, ("answer", "\n\n".join(texts))), tuple(blanks(texts)))]


def _embeds(value: JsonObject) -> list[JsonObject]:
    found = value.get("embeds") or value.get("embed")
    listed = found if isinstance(found, list) else [found]
    return [each for each in listed if isinstance(each, JsonObject) and each.keys() & {"description", "fields"}]


def _embedded(embed: JsonObject, *, titled: bool) -> Iterator[str]:
    if titled and embed.get("title"):
        yield f"**{embed['title']}**"
    if embed.get("description"):
        yield str(embed["description"])
    for each in embed.get("fields") or ():
        if isinstance(each, JsonObject):
            yield f"**{each.get('name', '')}**\n{each.get('value', '')}"


_KNOWN: tuple[tuple[Callable[[JsonObject], bool], Reader], ...] = (
    *HELP_CENTRES,
    (_is_qnabot, _qnabot),
    (_is_qna, _qna),
    (_is_command, _command),
    (_is_intent, _intent),
    (_is_chat, _chat),
    (_is_instruction, _instruction),
    (_is_schema, _schema),
    (_is_embed, _embed),
    SECTION,
)


def values_of(entry: Exported) -> dict[str, tuple[str, ...]]:
    """Return the values of each field that has one."""
    return by_field(entry.pairs)
