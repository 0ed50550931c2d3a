"""Find questions and answers in JSON of any arrangement: lists, sections, lists by category, plain maps."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.core.searching.text import word_set
from bot.formats.marks import is_marked_question
from bot.formats.tables.exported import Exported, Names
from bot.formats.tables.exports import exported, values_of
from bot.formats.tables.json_text import JsonObject
from bot.formats.tables.names import fold, meaning
from bot.formats.tables.rows import PHRASED, Raw
from bot.formats.tables.texts import (
    TRANSLATED,
    is_text,
    language_of_key,
    languages_of,
    listed_in,
    meanings_of,
    text_of,
    texts_of,
    translations_of,
)
from bot.formats.tables.values import blanks, without_blanks

DEPTH_LIMIT = 12
_CONTAINERS = word_set("""
    guild global faq faqs items item data entries entry questions question list results records articles
    content contents qna qnas qa kb knowledgebase knowledge pairs documents docs sections categories
    topics groups root answers export payload response objects rows values children attributes fields
    properties node record tags commands intents fragen einträge kategorien preguntas
""") | {"main entity"}
_TAG_KEYS = frozenset({"author", "author_id", "uses"})
_TARGETS = ("alias_of", "alias_for", "aliasOf", "aliasFor", "redirect")
_NAME_KEYS = frozenset({"name", "tag", "tag name", "command", "trigger", "keyword", "tagname"})
_PHRASE = re.compile(r"[\s?\uff1f]")
_REFERENCES = ("category_id", "categoryId", "category", "section_id", "sectionId", "topic_id", "topicId", "topic")
_AT_TOP = 0
_BETWEEN = re.compile(r"[-_]+")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a file an object stands: under which category, in which language, how deep."""

    file: str
    category: str | None = None
    locale: str | None = None
    depth: int = 0
    names: Names = field(default_factory=dict)


def raws_of(value: object, place: Spot) -> Iterator[Raw]:
    """Yield a row for each question and answer below a value, and for each thing that should be one."""
    if place.depth > DEPTH_LIMIT:
        return
    inside = replace(place, depth=place.depth + 1)
    if isinstance(value, list):
        several = any(isinstance(each, JsonObject) and is_item(each) for each in value)
        for each in value:
            if several and isinstance(each, JsonObject) and exported(each, place.names) is None and _is_half(each):
                yield from rows_of(each, place)
            else:
                yield from _pair(each, place) if _is_pair(each) else raws_of(each, inside)
    elif isinstance(value, JsonObject):
        if (entries := exported(value, place.names)) is not None:
            yield from (_of_export(each, place, value.line) for each in entries)
        elif is_item(value):
            yield from rows_of(value, place)
        elif _has_names(value, place.depth):
            yield from _named(value, inside)
        else:
            yield from _within(value, inside)


def _is_half(value: JsonObject) -> bool:
    """Return whether an object beside entries is one of them, without a question or without an answer."""
    fields = {each.field for key, each in meanings_of(value).items() if is_text(value[key])}
    return bool(fields & {"question", "answer"}) and not any(
        isinstance(each, list) and any(isinstance(one, JsonObject) for one in each) for each in value.values()
    )


def _of_export(entry: Exported, place: Spot, line: int) -> Raw:
    values = values_of(entry)
    named = [str(place.names[each]["name"]) for each in values.get("section", ()) if each in place.names]
    if named:
        values["category"] = tuple(named[:1])
    raw = _raw(values, place, line=line, listed=frozenset({"aliases", "question"}))
    return replace(raw, doubts=entry.doubts)


def _is_pair(value: object) -> bool:
    return (
        isinstance(value, list) and len(value) == len(("question", "answer")) and all(isinstance(e, str) for e in value)
    )


def _pair(value: list[str], place: Spot) -> Iterator[Raw]:
    yield _raw({"question": (value[0],), "answer": (value[1],)}, place, line=1)


def _within(value: JsonObject, place: Spot) -> Iterator[Raw]:
    """Yield what stands in a section, under its name or under the names of its keys."""
    named = _name_of(value) or place.category
    spoken = _is_by_language(value)
    for key, inner in value.items():
        if not isinstance(inner, list | JsonObject):
            continue
        known = meaning(key)
        if locale := (language_of_key(key.lower()) if spoken else None):
            yield from raws_of(inner, replace(place, category=named, locale=locale))
        elif fold(key) in _CONTAINERS or (known is not None and not known.weak) or _is_identifier(key):
            yield from raws_of(inner, replace(place, category=named))
        else:
            yield from raws_of(inner, replace(place, category=_spoken(key)))


def _is_by_language(value: JsonObject) -> bool:
    """Return whether the keys of sections may be languages: among others, `it` and `no` are names."""
    keys = (key for key, each in value.items() if isinstance(each, list | JsonObject))
    return all(language_of_key(key.lower()) or meaning(key) or fold(key) in _CONTAINERS for key in keys)


def _is_identifier(key: str) -> bool:
    return key.isdigit() or len(re.sub("[^0-9a-f-]", "", key)) == len(key) > len("deadbeef")


def _name_of(value: JsonObject) -> str | None:
    """Return the name of a section, by which its entries are sorted."""
    for key in ("category", "section", "topic", "group", "name", "title", "label", "heading", "kategorie", "thema"):
        text = text_of(value.get(key))
        if text and isinstance(value.get(key), str | JsonObject):
            return text
    return None


def _spoken(key: str) -> str:
    return _BETWEEN.sub(" ", key).strip() if " " not in key else key


def is_item(value: JsonObject) -> bool:
    """Return whether an object is a question with its answer, and no section of such."""
    if any(
        isinstance(inner, list) and any(isinstance(e, JsonObject) and is_item(e) for e in inner)
        for inner in value.values()
    ):
        return False
    if translations_of(value):
        return True
    found = {each.field: fold(key) for key, each in meanings_of(value).items() if is_text(value[key])}
    return {"question", "answer"} <= found.keys() and (found["question"], found["answer"]) != ("name", "description")


def rows_of(value: JsonObject, place: Spot, *, question: str | None = None) -> Iterator[Raw]:
    """Yield what an object holds: one row, or one for each of its languages."""
    translations = translations_of(value)
    meanings = {key: each for key, each in meanings_of(value).items() if key not in TRANSLATED}
    locales = dict.fromkeys([*(each.locale for each in meanings.values() if each.locale), *translations])
    for key, each in meanings.items():
        if each.field in {"question", "answer"} and isinstance(value[key], JsonObject):
            locales |= dict.fromkeys(languages_of(value[key]))
    apart = {"question", "answer"} <= texts_of(value, meanings, None).keys()
    for number, locale in enumerate([None, *locales] if apart or not locales else locales):
        texts = texts_of(value, meanings, locale, apart=apart)
        if locale in translations:
            inner = translations[locale]
            texts |= texts_of(inner, meanings_of(inner), None)
        if question is not None:
            texts["question"] = (question,)
        if question is not None or any(
            fold(key) in _NAME_KEYS for key in meanings if meanings[key].field == "question"
        ):
            texts |= {name: tuple(map(_spoken, texts[name])) for name in ("question", "aliases") if name in texts}
        if locale and not texts.keys() & {"question", "answer"}:
            continue
        if named := _filed_under(value, place):
            texts["category"] = (named,)
        if number and "id" in texts and locale:
            texts["id"] = (f"{texts['id'][0]}-{locale.lower()}",)
        yield _raw(
            texts, replace(place, locale=locale or place.locale), line=value.line, listed=listed_in(value, meanings)
        )


def _filed_under(value: JsonObject, place: Spot) -> str | None:
    """Return the name of the category that an entry has by its id, where the file lists it."""
    listed = (place.names.get(str(value[key])) for key in _REFERENCES if isinstance(value.get(key), str | int))
    return next((str(each["name"]) for each in listed if each is not None), None)


def _raw(texts: Mapping[str, tuple[str, ...]], place: Spot, *, line: int, listed: frozenset[str] = frozenset()) -> Raw:
    values = dict(texts)
    if place.category:
        values.setdefault("category", (place.category,))
    if place.locale:
        values.setdefault("locale", (place.locale,))
    if "answer" in values:
        values["answer"] = tuple(map(without_blanks, values["answer"]))
    doubts = tuple(blanks(values.get("answer", ())))
    return Raw(file=place.file, line=line, values=values, listed=listed, doubts=doubts)


def _has_names(value: JsonObject, depth: int) -> bool:
    """Return whether the keys of an object are questions or names, each with its answer or with what should be one."""
    given = [each for each in value.values() if each is not None]  # what was deleted stands there as null
    answers = sum(map(_is_answer, given))
    others = [each for each in given if not _is_answer(each)]
    if (
        any(_is_field(key, each) for key, each in value.items())
        or not all(isinstance(each, JsonObject) and _is_flat(each) for each in others)
        or answers <= sum(_target(each) is None and "embed" not in each for each in others)
    ):
        return False
    bare = [key for key, each in value.items() if isinstance(each, str) and not _PHRASE.search(key)]
    return not bare or (depth == _AT_TOP and len(value) > 1) or any(map(is_marked_question, value))


def _is_flat(value: JsonObject) -> bool:
    """Return whether an object holds no others, as a tag does but for its embeds."""
    return not any(isinstance(each, JsonObject) and key != "embed" for key, each in value.items())


def _is_field(key: str, value: object) -> bool:
    """Return whether a key names a field; before an object, a weak name or one such as `status` may be a tag."""
    known = meaning(key)
    if known is None or value is None:
        return False
    return not isinstance(value, JsonObject) or not (known.weak or known.field not in PHRASED)


def _is_answer(value: object) -> bool:
    if isinstance(value, JsonObject):
        value = _as_answer(value)
        fields = {each.field for key, each in meanings_of(value).items() if is_text(value[key])}
        return "answer" in fields and "question" not in fields
    return isinstance(value, str)


def _as_answer(value: JsonObject) -> JsonObject:
    """Return what stands under a name with its answer named so; some bots keep it under the word `tag`."""
    if "tag" not in value or not isinstance(value["tag"], str) or not value.keys() & _TAG_KEYS:
        return value
    named = JsonObject({"answer" if key == "tag" else key: each for key, each in value.items()})
    named.line = value.line
    return named


def _named(value: JsonObject, place: Spot) -> Iterator[Raw]:
    """Yield a row for each name, with the other names that only lead to it."""
    targets = {name: _target(answer) for name, answer in value.items()}
    for name, answer in value.items():
        if answer is None or targets[name] in value:
            continue
        others = tuple(_spoken(other) for other, target in targets.items() if target == name)
        for raw in _under(name, answer, place, line=value.line):
            aliases = (*raw.values.get("aliases", ()), *others)
            yield replace(raw, values={**raw.values, "aliases": aliases}) if others else raw


def _target(answer: object) -> str | None:
    """Return the name that another one stands for."""
    found = [answer[key] for key in _TARGETS if answer.get(key)] if isinstance(answer, JsonObject) else []
    return found[0] if found and isinstance(found[0], str) else None


def _under(name: str, answer: object, place: Spot, *, line: int) -> Iterator[Raw]:
    if not isinstance(answer, JsonObject):
        yield _raw({"question": (_spoken(name),), "answer": (str(answer),)}, place, line=line)
        return
    named = JsonObject(answer | {"name": name})
    named.line = answer.line
    entries = None if _is_answer(answer) else exported(named, place.names)
    if entries:
        yield from (_of_export(each, place, answer.line) for each in entries)
    else:
        yield from rows_of(_as_answer(answer), place, question=_spoken(name))
