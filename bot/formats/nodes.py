"""Parse YAML into nodes that know their lines, also where it stands at the top of a page."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import yaml

from bot.core.fields import shown
from bot.errors import Problem

DEPTH_LIMIT = 8
_Loader = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # some 30 times as fast; findings/yaml-two-loaders.sh has where they differ

_STANDARD_TAG = "tag:yaml.org,2002:"
_OPENING = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
_CLOSING = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
_TAB_REMEDY = "indent with spaces, not with tabs"
_REMEDIES = (
    ("tab character", _TAB_REMEDY),
    ("cannot start any token", "put the text in quotes"),
    ("Unicode character escape", "write the character itself"),
    ("mapping values are not allowed", "put text that holds ': ' in quotes, and check the indentation"),
    ("found unexpected end of stream", "close the quotes"),
    ("found unknown escape character", "write \\\\ for a backslash, or use single quotes"),
    ("found unexpected ':'", "put text that holds ':' in quotes"),
    ("could not find expected ':'", "write 'name: value', and indent the lines that go on"),
    ("did not find expected key", "check the indentation, and the quotes of the line before"),
    ("did not find expected '-' indicator", "begin each entry with '- ', and check the indentation"),
)
_HIDDEN_BREAK = re.compile("[\u2028\u2029]")
_OTHER_REMEDY = "check the indentation and the quotes here and in the line before"


def line_of(part: yaml.Node | yaml.Event) -> int:
    """Return the line on which a part of the text begins, counted from 1."""
    return part.start_mark.line + 1 if part.start_mark else 1


def compose(name: str, text: str) -> tuple[yaml.Node | None, tuple[Problem, ...]]:
    """Return the root node of a YAML text, None for one without content, or what is wrong with the text.

    Anchors are refused before anything is built from them, and so is deep nesting: no text can grow by being read.
    """
    problems = list(_hidden_breaks(name, text))
    if problems:
        return None, tuple(problems)
    try:
        problems.extend(_refused(name, text))
        node = None if problems else yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        return None, (*problems, _syntax(name, text, error))
    return node, tuple(problems)


def _hidden_breaks(name: str, text: str) -> Iterator[Problem]:
    """Yield the line breaks that nobody sees: YAML ends a line there, and would count its lines as no editor does."""
    if not _HIDDEN_BREAK.search(text):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        for character in sorted(set(_HIDDEN_BREAK.findall(line))):
            what = f"the line holds U+{ord(character):04X}, a line break that is not seen"
            yield Problem(where=name, what=what, remedy="put a space or a plain line break in its place", line=number)


def _refused(name: str, text: str) -> Iterator[Problem]:
    """Yield the parts of YAML that are not used here; stop where the nesting gets too deep."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, _OPENING) - isinstance(event, _CLOSING)
        documents += isinstance(event, yaml.DocumentStartEvent)
        for what, remedy in _faults(event, depth=depth, documents=documents):
            yield Problem(where=name, what=what, remedy=remedy, line=line_of(event))
        if depth > DEPTH_LIMIT:
            return


def _faults(event: yaml.Event, *, depth: int, documents: int) -> Iterator[tuple[str, str]]:
    anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
    if isinstance(event, yaml.AliasEvent):
        yield f"the alias *{shown(str(anchor))} is not allowed", "write the text out"
    elif anchor:
        yield f"the anchor &{shown(anchor)} is not allowed", "write the text out where it is used"
    if tag:
        yield f"the tag {shown(tag.replace(_STANDARD_TAG, '!!'))} is not allowed", "take it out"
    if depth > DEPTH_LIMIT and isinstance(event, _OPENING):
        yield f"lists and fields are nested more than {DEPTH_LIMIT} deep", "write a plain list of entries"
    if documents > 1 and isinstance(event, yaml.DocumentStartEvent):
        yield "a second document begins here", "take the '---' out: a file is one list"


def _syntax(name: str, text: str, error: yaml.YAMLError) -> Problem:
    reason = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "the text cannot be read")
    # What is left open is found at the end of the file, but to be closed where it began.
    marks = ("context_mark", "problem_mark") if "end of stream" in reason else ("problem_mark", "context_mark")
    mark = next((mark for mark in (getattr(error, mark, None) for mark in marks) if mark), None)
    line = mark.line + 1 if mark else text.count("\n", 0, getattr(error, "position", 0)) + 1
    line = min(line, text.rstrip("\n").count("\n") + 1)  # what is missing is missed on a line that is not there
    remedy = next((remedy for part, remedy in _REMEDIES if part in reason), _OTHER_REMEDY)
    if "cannot start any token" in reason and mark and _character(text, line, mark.column) == "\t":
        remedy = _TAB_REMEDY
    return Problem(where=name, what=f"this is not YAML: {reason}", remedy=remedy, line=line)


def _character(text: str, line: int, column: int) -> str:
    return text.split("\n")[line - 1][column : column + 1]


_FENCES = {"---": re.compile(r"(?:---|\.\.\.)\s*$"), "+++": re.compile(r"\+\+\+\s*$")}
_NAMED = re.compile(r"([A-Za-z_][\w-]*)\s*[:=](?:\s+(.*)|$)")
_EMPTY_FIELD = re.compile(r"[a-z_][\w-]*\s*[:=]\s*(?:\[\s*\]|''|\"\"|null|~)?\s*$")
_FIELD = re.compile(r"[A-Za-z_][\w -]*\s*[:=]|\s*#|\s*-\s|\s+\S|\s*$")


class Page(NamedTuple):
    """The fields at the top of a page, and the page with blank lines in their place."""

    fields: Mapping[str, str | tuple[str, ...]]
    text: str


def split_front_matter(name: str, text: str) -> Page:
    """Return the fields of a page and its text; dashes without fields between them are part of the text."""
    lines = text.split("\n")
    start = next((at for at, line in enumerate(lines) if line.strip()), 0)
    closing = _FENCES.get(lines[start].rstrip())
    if closing is None:
        return Page({}, text)
    end = next((at for at in range(start + 1, len(lines)) if closing.match(lines[at])), None)
    if end is None:  # it was not closed: the fields end where no further one begins
        end = next((at for at in range(start + 1, len(lines)) if not _NAMED.match(lines[at])), len(lines)) - 1
    if end <= start or not all(_FIELD.match(line) for line in lines[start + 1 : end]):
        return Page({}, text)
    content = lines[start + 1 : end + (closing.match(lines[end]) is None)]
    fields = _toml("\n".join(content)) if lines[start].startswith("+") else _yaml(name, "\n".join(content))
    named = fields if fields is not None else _by_line(content)
    is_top = named or any(map(_EMPTY_FIELD.match, content))
    return Page(named, "\n".join([""] * (end + 1) + lines[end + 1 :])) if is_top else Page({}, text)


def _by_line(lines: Iterable[str]) -> dict[str, str | tuple[str, ...]]:
    """Return what is plain in fields that are written wrongly elsewhere."""
    found = (_NAMED.match(line) for line in lines)
    return {each[1].casefold(): each[2].strip().strip("\"'") for each in found if each and each[2].strip()}


def _toml(content: str) -> dict[str, str | tuple[str, ...]] | None:
    try:
        fields = tomllib.loads(content)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    found = {
        name.casefold(): tuple(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in fields.items()
    }
    return {name: value for name, value in found.items() if value}


def _yaml(name: str, content: str) -> dict[str, str | tuple[str, ...]] | None:
    root, problems = compose(name, content)
    if problems or not isinstance(root, yaml.MappingNode):
        return None if problems or root is not None else {}
    return {str(key.value).casefold(): value for key, node in root.value if (value := _value(node))}


def _value(node: yaml.Node) -> str | tuple[str, ...]:
    """Return a value as it is written; fields within fields are not used."""
    if isinstance(node, yaml.ScalarNode):
        return "" if node.tag == "tag:yaml.org,2002:null" else str(node.value).strip()
    if isinstance(node, yaml.SequenceNode):
        return tuple(str(item.value).strip() for item in node.value if isinstance(item, yaml.ScalarNode))
    return ""
