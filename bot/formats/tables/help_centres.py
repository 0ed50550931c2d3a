"""Read the articles of help centres: Zendesk, Intercom, Freshdesk."""

from collections.abc import Callable, Iterator

from bot.formats.tables.exported import Doubts, Exported, Names, Reader, pairs_of, source_pairs
from bot.formats.tables.json_text import JsonObject

_RESTRICTED = (
    "the article is for some readers only, and the file does not say for whom",
    "publish it by hand if all may",
)
_OUTDATED = ("the translation is older than the article", "bring it up to date")
_REFERRED = frozenset({"category_id", "parent_section_id", "html_url", "user_type", "workspace_id", "help_center_id"})


def names_in(root: object) -> dict[str, JsonObject]:
    """Return what a file lists, beside its articles or alone, for articles to refer to."""
    found: dict[str, JsonObject] = {}
    for listed in (*root.values(), [root]) if isinstance(root, JsonObject) else (root,):
        inner = listed.get("data") if isinstance(listed, JsonObject) else listed
        named = (each for each in (inner if isinstance(inner, list) else ()) if isinstance(each, JsonObject))
        found |= {str(each["id"]): each for each in named if {"id", "name"} <= each.keys() and "body" not in each}
    return found


def _is_zendesk(value: JsonObject) -> bool:
    return "body" in value and "section_id" in value and bool(value.keys() & {"title", "name"})


def _zendesk(value: JsonObject, names: Names) -> list[Exported]:
    title = "title" if "title" in value else "name"
    pairs = [
        *pairs_of(value, question=title, answer="body", locale="locale", draft="draft", inactive="archived"),
        ("section", str(value["section_id"])),
        *source_pairs(value, url="html_url", published="created_at", updated="edited_at"),
        *_translated(value),
    ]
    doubts = (*_segments(value, names), *((_OUTDATED,) if value.get("outdated") is True else ()))
    shared = [pair for pair in pairs if pair[0] in {"section", "source.url"}]
    others = (Exported((*each, *shared), doubts) for each in _other_languages(value))
    return [Exported(tuple(pairs), doubts), *others]


def _other_languages(value: JsonObject) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield the translations of an article that stand within it."""
    listed = value.get("translations")
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, JsonObject) and each.get("body") and each.get("locale") != value.get("locale"):
            yield tuple(pairs_of(each, question="title", answer="body", locale="locale", draft="draft"))


def _translated(value: JsonObject) -> Iterator[tuple[str, str]]:
    if "edited_at" not in value:
        yield "source.updated", str(value.get("updated_at") or "")


def _segments(value: JsonObject, names: Names) -> Doubts:
    """Return the doubt about an article that is not for everybody; those of staff are known by their segment."""
    segment = value.get("user_segment_id")
    if segment is None:
        return ()
    known = names.get(str(segment), JsonObject())
    return (_RESTRICTED,) if known.get("user_type") != "everybody" else ()


def _is_intercom(value: JsonObject) -> bool:
    return value.get("type") == "article" and "body" in value and "title" in value


def _intercom(value: JsonObject, _: Names) -> list[Exported]:
    sections = [("section", str(each)) for each in (value.get("parent_id"), *(value.get("parent_ids") or ())) if each]
    shared = [*sections, *source_pairs(value, url="url", published="created_at", updated="updated_at")]
    own = [
        *pairs_of(value, question="title", answer="body", status="state"),
        ("locale", str(value.get("default_locale") or "")),
    ]
    found = [Exported((*own, *shared))]
    translations = value.get("translated_content")
    for locale, each in translations.items() if isinstance(translations, JsonObject) else ():
        if isinstance(each, JsonObject) and each.get("body") and locale != value.get("default_locale"):
            texts = pairs_of(each, question="title", answer="body", status="state")
            urls = source_pairs(each, url="url", published="created_at", updated="updated_at")
            found.append(Exported((*texts, ("locale", locale), *sections, *urls)))
    return found


def _is_freshdesk(value: JsonObject) -> bool:
    return {"title", "description", "folder_id", "status"} <= value.keys()


def _freshdesk(value: JsonObject, _: Names) -> list[Exported]:
    """Return an article of Freshdesk, of which 2 is the state of those that are published."""
    levels = value.get("hierarchy")
    data = [each.get("data") for each in (levels if isinstance(levels, list) else ()) if isinstance(each, JsonObject)]
    names = [str(each["name"]) for each in data if isinstance(each, JsonObject) and each.get("name")]
    pairs = [
        *pairs_of(value, question="title", answer="description"),
        ("status", "published" if str(value["status"]) == "2" else "draft"),
        ("section", str(value["folder_id"])),
        ("category", (names or [""])[-1]),
        *source_pairs(value, url="url", published="created_at", updated="updated_at"),
    ]
    return [Exported(tuple(pairs))]


def _is_section(value: JsonObject) -> bool:
    """Return whether an object is only there to name what articles refer to."""
    named = {"id", "name"} <= value.keys() and not value.keys() & {"body", "content", "answer", "section_id"}
    return (
        named and not any(isinstance(each, list) and each for each in value.values()) and bool(value.keys() & _REFERRED)
    )


HELP_CENTRES: tuple[tuple[Callable[[JsonObject], bool], Reader], ...] = (
    (_is_zendesk, _zendesk),
    (_is_intercom, _intercom),
    (_is_freshdesk, _freshdesk),
)
SECTION: tuple[Callable[[JsonObject], bool], Reader] = (_is_section, lambda *_: [])
"""What only names what articles refer to; it is asked for last."""
