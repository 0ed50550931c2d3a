"""Find the texts of an object: what its keys mean, and in which languages they are."""

import re
from collections.abc import Iterator, Mapping

from bot.formats.tables.json_text import JsonObject
from bot.formats.tables.names import LOCALES, ColumnUse, fold, is_guarded, meaning
from bot.formats.tables.rows import PHRASED
from bot.formats.tables.values import read_locale

_TEXT_KEYS = ("markdown", "text", "value", "content", "body", "name", "title", "label", "html", "question", "plain")


_SAID = frozenset({"utterances", "sample utterances", "training phrases", "trigger phrases", "phrasings"})
"""Keys of all the ways to ask, where no other key has the question."""


def is_text(value: object) -> bool:
    """Return whether a value is a text, a list of texts, or an object around a text."""
    if isinstance(value, list):
        return all(isinstance(each, str) or (isinstance(each, JsonObject) and text_of(each)) for each in value)
    if isinstance(value, JsonObject):
        return bool(text_of(value)) or bool(languages_of(value))
    return True


def text_of(value: object) -> str:
    """Return the text that a value is, empty when it is none."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, JsonObject):
        return next((value[key] for key in _TEXT_KEYS if isinstance(value.get(key), str)), "")
    return value if isinstance(value, str) else ""


def meanings_of(value: Mapping[str, object]) -> dict[str, ColumnUse]:
    """Return what the keys mean; weak names give way to plain ones, and to earlier weak ones."""
    known = {key: each for key in value if (each := meaning(key))}
    plain = {(each.field, each.locale) for each in known.values() if not each.weak}
    kept: dict[str, ColumnUse] = {}
    for key, each in known.items():
        taken = {(one.field, one.locale) for one in kept.values() if one.weak}
        if not each.weak or (each.field, each.locale) not in plain | taken:
            kept[key] = each
    fields = {each.field for each in kept.values()}
    if "answer" in fields and "question" not in fields:
        said = [key for key in kept if fold(key) in _SAID and isinstance(value[key], list)]
        kept |= {key: ColumnUse("question", weak=True) for key in said[:1]}
    notes = {key: ColumnUse("staff_note") for key in value if key not in known and is_guarded(key)}
    return kept | notes


def languages_of(value: JsonObject) -> dict[str, str]:
    """Return the texts of an object that has one for each language, none when it is another."""
    found = {locale: text for key, text in value.items() if (locale := language_of_key(key)) and isinstance(text, str)}
    return found if len(found) == len(value) else {}


def language_of_key(key: str) -> str | None:
    """Return the language that a key is, None when it is something else, such as the tag `ip`."""
    return read_locale(key) if re.fullmatch(r"[a-z]{2}(?:[-_][A-Za-z]{2})?", key) and key[:2] in LOCALES else None


TRANSLATED = frozenset({"translations", "locales", "languages", "localizations", "i18n"})


def _has_languages(value: JsonObject) -> bool:
    """Return whether the objects in an object may stand under languages: among tags, `it` and `no` are names."""
    names = (key for key, each in value.items() if isinstance(each, JsonObject) and key not in TRANSLATED)
    return all(language_of_key(key) or meaning(key) for key in names)


def translations_of(value: JsonObject) -> dict[str, JsonObject]:
    """Return the objects with a question and an answer that stand in an object under the names of languages."""
    found: dict[str, JsonObject] = {}
    if not _has_languages(value):
        return found
    for key, inner in value.items():
        if key in TRANSLATED and isinstance(inner, JsonObject):
            found |= translations_of(inner)
        elif (locale := language_of_key(key)) and isinstance(inner, JsonObject):
            fields = {each.field for name, each in meanings_of(inner).items() if is_text(inner[name])}
            found |= {locale: inner} if {"question", "answer"} <= fields else {}
    return found


def texts_of(
    value: JsonObject, meanings: Mapping[str, ColumnUse], locale: str | None, *, apart: bool = False
) -> dict[str, tuple[str, ...]]:
    """Return the texts in a language by their fields; those in none belong to it too, unless they are set `apart`."""
    texts: dict[str, tuple[str, ...]] = {}
    if any(value[key] is None and each.field == "source.published" for key, each in meanings.items()):
        texts["draft"] = ("true",)
    for key, each in meanings.items():
        is_for_all = each.locale is None and not (apart and locale is not None and each.field in PHRASED)
        if is_for_all or each.locale == locale:
            marked = each.field in PHRASED and isinstance(value[key], bool)  # as `is_alias: false`
            found = () if marked else tuple(_values(value[key], locale))
            if found:
                texts[each.field] = (*texts.get(each.field, ()), *found)
    return texts


def _values(value: object, locale: str | None) -> Iterator[str]:
    if isinstance(value, JsonObject) and (languages := languages_of(value)):
        value = languages.get(locale or "")
    for each in value if isinstance(value, list) else (value,):
        if (text := text_of(each)).strip():
            yield text


def listed_in(value: JsonObject, meanings: Mapping[str, ColumnUse]) -> frozenset[str]:
    """Return the fields whose values are lists."""
    return frozenset(each.field for key, each in meanings.items() if isinstance(value[key], list))
