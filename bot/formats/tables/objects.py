"""Find questions and answers in JSON of any arrangement: lists, sections, lists by category, plain maps."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.core.searching.text import word_set
from bot.formats.tables.exports import Exported, Names, exported, values_of
from bot.formats.tables.json_text import JsonObject
from bot.formats.tables.names import ColumnUse, fold, is_guarded, meaning
from bot.formats.tables.rows import PHRASED, Raw
from bot.formats.tables.values import blanks, read_locale, without_blanks

DEPTH_LIMIT = 12
_CONTAINERS = word_set("""
    guild global faq faqs items item data entries entry questions question list results records articles
    content contents qna qnas qa kb knowledgebase knowledge pairs documents docs sections categories
    topics groups root answers export payload response objects rows values children attributes fields
    properties node record tags commands intents fragen einträge kategorien preguntas
""") | {"main entity"}
_TEXT_KEYS = ("markdown", "text", "value", "content", "body", "name", "title", "label", "html", "question", "plain")
_TAG_KEYS = frozenset({"author", "author_id", "uses"})
_NAME_KEYS = frozenset({"name", "tag", "command", "trigger", "keyword", "tagname"})
_PHRASE = re.compile(r"[\s?\uff1f]")
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
        elif names := _named_answers(value, place.depth):
            yield from (raw for name in names for raw in _named(name, value, inside))
        else:
            yield from _within(value, inside)


def _is_half(value: JsonObject) -> bool:
    """Return whether an object beside entries is one of them, without a question or without an answer."""
    fields = {each.field for key, each in _meanings(value).items() if is_text(value[key])}
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
    for key, inner in value.items():
        if not isinstance(inner, list | JsonObject):
            continue
        known = meaning(key)
        if locale := (read_locale(key) if len(key) in {2, 5} else None):
            yield from raws_of(inner, replace(place, category=named, locale=locale))
        elif fold(key) in _CONTAINERS or (known is not None and not known.weak) or _is_identifier(key):
            yield from raws_of(inner, replace(place, category=named))
        else:
            yield from raws_of(inner, replace(place, category=_spoken(key)))


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
    if _translations(value):
        return True
    found = {each.field: fold(key) for key, each in _meanings(value).items() if is_text(value[key])}
    return {"question", "answer"} <= found.keys() and (found["question"], found["answer"]) != ("name", "description")


def is_text(value: object) -> bool:
    """Return whether a value is a text, a list of texts, or an object around a text."""
    if isinstance(value, list):
        return all(isinstance(each, str) or (isinstance(each, JsonObject) and text_of(each)) for each in value)
    if isinstance(value, JsonObject):
        return bool(text_of(value)) or bool(_languages(value))
    return True


def text_of(value: object) -> str:
    """Return the text that a value is, empty when it is none."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, JsonObject):
        return next((value[key] for key in _TEXT_KEYS if isinstance(value.get(key), str)), "")
    return value if isinstance(value, str) else ""


def _meanings(value: Mapping[str, object]) -> dict[str, ColumnUse]:
    """Return what the keys mean; weak names give way to plain ones, and to earlier weak ones."""
    known = {key: each for key in value if (each := meaning(key))}
    plain = {(each.field, each.locale) for each in known.values() if not each.weak}
    kept: dict[str, ColumnUse] = {}
    for key, each in known.items():
        taken = {(one.field, one.locale) for one in kept.values() if one.weak}
        if not each.weak or (each.field, each.locale) not in plain | taken:
            kept[key] = each
    notes = {key: ColumnUse("staff_note") for key in value if key not in known and is_guarded(key)}
    return kept | notes


def rows_of(value: JsonObject, place: Spot, *, question: str | None = None) -> Iterator[Raw]:
    """Yield what an object holds: one row, or one for each of its languages."""
    translations = _translations(value)
    meanings = {key: each for key, each in _meanings(value).items() if key not in _TRANSLATED}
    locales = dict.fromkeys([*(each.locale for each in meanings.values() if each.locale), *translations])
    for key, each in meanings.items():
        if each.field in {"question", "answer"} and isinstance(value[key], JsonObject):
            locales |= dict.fromkeys(_languages(value[key]))
    apart = {"question", "answer"} <= _texts(value, meanings, None).keys()
    for number, locale in enumerate([None, *locales] if apart or not locales else locales):
        texts = _texts(value, meanings, locale, apart=apart)
        if locale in translations:
            inner = translations[locale]
            texts |= _texts(inner, _meanings(inner), None)
        if question is not None:
            texts["question"] = (question,)
        if question is not None or any(
            fold(key) in _NAME_KEYS for key in meanings if meanings[key].field == "question"
        ):
            texts |= {name: tuple(map(_spoken, texts[name])) for name in ("question", "aliases") if name in texts}
        if locale and not texts.keys() & {"question", "answer"}:
            continue
        if number and "id" in texts and locale:
            texts["id"] = (f"{texts['id'][0]}-{locale.lower()}",)
        yield _raw(
            texts, replace(place, locale=locale or place.locale), line=value.line, listed=_listed(value, meanings)
        )


def _languages(value: JsonObject) -> dict[str, str]:
    """Return the texts of an object that has one for each language, none when it is another."""
    found = {locale: text for key, text in value.items() if (locale := _language(key)) and isinstance(text, str)}
    return found if len(found) == len(value) else {}


def _language(key: str) -> str | None:
    return read_locale(key) if re.fullmatch(r"[a-z]{2}(?:[-_][A-Za-z]{2})?", key) else None


_TRANSLATED = frozenset({"translations", "locales", "languages", "localizations", "i18n"})


def _translations(value: JsonObject) -> dict[str, JsonObject]:
    """Return the objects with a question and an answer that stand in an object under the names of languages."""
    found: dict[str, JsonObject] = {}
    for key, inner in value.items():
        if key in _TRANSLATED and isinstance(inner, JsonObject):
            found |= _translations(inner)
        elif (locale := _language(key)) and isinstance(inner, JsonObject):
            fields = {each.field for name, each in _meanings(inner).items() if is_text(inner[name])}
            found |= {locale: inner} if {"question", "answer"} <= fields else {}
    return found


def _texts(
    value: JsonObject, meanings: Mapping[str, ColumnUse], locale: str | None, *, apart: bool = False
) -> dict[str, tuple[str, ...]]:
    """Return the texts in a language by their fields; those in none belong to it too, unless they are set `apart`."""
    texts: dict[str, tuple[str, ...]] = {}
    if any(value[key] is None and each.field == "source.published" for key, each in meanings.items()):
        texts["draft"] = ("true",)
    for key, each in meanings.items():
        is_for_all = each.locale is None and not (apart and locale is not None and each.field in PHRASED)
        if is_for_all or each.locale == locale:
            found = tuple(_values(value[key], locale))
            if found:
                texts[each.field] = (*texts.get(each.field, ()), *found)
    return texts


def _values(value: object, locale: str | None) -> Iterator[str]:
    if isinstance(value, JsonObject) and (languages := _languages(value)):
        value = languages.get(locale or "")
    for each in value if isinstance(value, list) else (value,):
        if (text := text_of(each)).strip():
            yield text


def _listed(value: JsonObject, meanings: Mapping[str, ColumnUse]) -> frozenset[str]:
    return frozenset(each.field for key, each in meanings.items() if isinstance(value[key], list))


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


def _named_answers(value: JsonObject, depth: int) -> list[str]:
    """Return the keys of an object that are questions or names, each with its answer; none when it is another."""
    if (
        any(_is_field(key, each) for key, each in value.items())
        or not value
        or not all(map(_is_answer, value.values()))
    ):
        return []
    bare = [key for key, each in value.items() if isinstance(each, str) and not _PHRASE.search(key)]
    return list(value) if not bare or (depth == _AT_TOP and len(value) > 1) else []


def _is_field(key: str, value: object) -> bool:
    """Return whether a key names a field; a weak name before an object may as well be that of a tag."""
    known = meaning(key)
    return known is not None and not (known.weak and isinstance(value, JsonObject))


def _is_answer(value: object) -> bool:
    if isinstance(value, JsonObject):
        value = _as_answer(value)
        fields = {each.field for key, each in _meanings(value).items() if is_text(value[key])}
        return "answer" in fields and "question" not in fields
    return isinstance(value, str)


def _as_answer(value: JsonObject) -> JsonObject:
    """Return what stands under a name with its answer named so; some bots keep it under the word `tag`."""
    if "tag" not in value or not isinstance(value["tag"], str) or not value.keys() & _TAG_KEYS:
        return value
    named = JsonObject({"answer" if key == "tag" else key: each for key, each in value.items()})
    named.line = value.line
    return named


def _named(name: str, value: JsonObject, place: Spot) -> Iterator[Raw]:
    answer = value[name]
    if isinstance(answer, JsonObject):
        yield from rows_of(_as_answer(answer), place, question=_spoken(name))
    else:
        yield _raw({"question": (_spoken(name),), "answer": (answer,)}, place, line=value.line)
