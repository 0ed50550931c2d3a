"""Read what a Rasa assistant is made of, in several files: examples of intents, responses, and rules between them."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import yaml

from bot.errors import Problem
from bot.formats.nodes import compose, line_of
from bot.formats.records import Document, Doubtful, FaqFile, Format, Fragment
from bot.formats.tables.building import build
from bot.formats.tables.rows import Raw, is_small_talk
from bot.formats.tables.values import blanks, render

EXAMPLES, RESPONSE, RULE = "examples", "response", "rule"
_PARTS = re.compile(r"^(?:nlu|responses|templates|intents|rules|stories|actions|slots)[ \t]*:", re.MULTILINE)
_ASIDE = re.compile(r"^(?:pipeline|policies|action_endpoint|tracker_store|assistant_id|recipe)[ \t]*:", re.MULTILINE)
_ENTITY = re.compile(r"\[([^\[\]]+)\](?:\{[^{}]*\}|\([^()]*\))")
_INTENT_HEADING = re.compile(r"^##[ \t]*intent:[ \t]*(?P<name>[^\s]+)[ \t]*$", re.MULTILINE)
_SECTION = re.compile(r"^##(?!#).*\n(?P<body>(?:(?!##).*(?:\n|\Z))*)", re.MULTILINE)
_STORY = re.compile(r"^\*[ ]+(?P<intent>[\w/]+).*\n[ ]+-[ ]+(?P<action>utter_\S+)[ \t]*$(?!\n[ ]+-)", re.MULTILINE)


def _recognises(file: FaqFile) -> bool:
    """Return whether a file is of an assistant: it is no list, and has the parts of one."""
    if file.suffix == ".md":
        return _INTENT_HEADING.search(file.text) is not None or _STORY.search(file.text) is not None
    if file.suffix not in {".yml", ".yaml"}:
        return False
    return bool(_PARTS.search(file.text) or _ASIDE.search(file.text))


def read_rasa(file: FaqFile) -> Document:
    """Return the fragments of one file, and what is wrong with it."""
    if file.suffix == ".md":
        return Document(fragments=(*_examples_in(file), *_stories_in(file)))
    root, problems = compose(file.name, file.text)
    if problems:
        return Document(problems=problems)
    fields = root.value if isinstance(root, yaml.MappingNode) else ()
    found = [fragment for key, value in fields for fragment in _part(file.name, str(key.value), value)]
    if not found:
        return file.without_entries("there are neither examples nor responses in it", "leave it out")
    return Document(fragments=tuple(found))


def _examples_in(file: FaqFile) -> Iterator[Fragment]:
    """Yield the examples of a file of version 1: a heading for each intent, and a list below it."""
    found = list(_SECTION.finditer(file.text))
    for heading in found:
        if intent := _INTENT_HEADING.match(heading[0]):
            listed = [_ENTITY.sub(r"\1", line[2:].strip()) for line in heading["body"].split("\n") if line[:1] in "-*+"]
            line = file.text.count("\n", 0, heading.start()) + 1
            texts = tuple(filter(None, listed))
            yield Fragment(kind=EXAMPLES, name=intent["name"], texts=texts, file=file.name, line=line)


def _stories_in(file: FaqFile) -> Iterator[Fragment]:
    """Yield the intents that are answered by one response in the stories of version 1."""
    for story in _STORY.finditer(file.text):
        line = file.text.count("\n", 0, story.start()) + 1
        yield Fragment(kind=RULE, name=story["intent"], texts=(story["action"],), file=file.name, line=line)


def _part(name: str, key: str, value: yaml.Node) -> Iterator[Fragment]:
    readers: dict[str, Callable[[str, yaml.Node], Iterator[Fragment]]] = {
        "nlu": _examples,
        "responses": _responses,
        "templates": _responses,
        "rules": _rules,
        "stories": _rules,
    }
    if key in readers:
        yield from readers[key](name, value)


def _fields(node: yaml.Node) -> dict[str, yaml.Node]:
    return {str(key.value): value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}


def _items(node: yaml.Node | None) -> list[yaml.Node]:
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _text(node: yaml.Node | None) -> str:
    return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""


def _examples(name: str, node: yaml.Node) -> Iterator[Fragment]:
    for each in _items(node):
        fields = _fields(each)
        if "intent" in fields:
            texts = tuple(_ENTITY.sub(r"\1", text) for text in _lines(fields.get("examples")))
            yield Fragment(kind=EXAMPLES, name=_text(fields["intent"]), texts=texts, file=name, line=line_of(each))


def _lines(node: yaml.Node | None) -> list[str]:
    """Return the examples of an intent: lines that begin with a dash, or a list of them."""
    listed = [_text(_fields(each).get("text")) or _text(each) for each in _items(node)]
    lines = [line for text in listed or [_text(node)] for line in text.split("\n")]
    return [text for line in lines if (text := line.strip().removeprefix("- ").strip())]


def _responses(name: str, node: yaml.Node) -> Iterator[Fragment]:
    """Yield the texts of each response; what is for one channel only comes last."""
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        variants = sorted(
            map(_fields, _items(value)), key=lambda fields: bool(fields.keys() & {"channel", "condition"})
        )
        texts = tuple(text for fields in variants if (text := _text(fields.get("text"))))
        yield Fragment(kind=RESPONSE, name=str(key.value), texts=texts, file=name, line=line_of(key))


def _rules(name: str, node: yaml.Node) -> Iterator[Fragment]:
    """Yield the intents that are answered by one response, in rules and stories: the next thing said is by a person."""
    for each in _items(node):
        steps = [_fields(step) for step in _items(_fields(each).get("steps"))]
        turns = [(key, _text(value)) for step in steps for key, value in step.items() if key in {"intent", "action"}]
        kinds = [*(key for key, _ in turns), "intent"]
        for at, (_, intent) in enumerate(turns[:-1]):
            if kinds[at : at + 3] == ["intent", "action", "intent"]:
                yield Fragment(kind=RULE, name=intent, texts=(turns[at + 1][1],), file=name, line=line_of(each))


def assembled(fragments: Sequence[Fragment]) -> Document:
    """Return the entries that examples and responses of all files make."""
    responses = {each.name: each for each in fragments if each.kind == RESPONSE and each.texts}
    rules = {each.name: each.texts[0] for each in reversed(fragments) if each.kind == RULE}
    intents = [each for each in fragments if each.kind == EXAMPLES and each.texts]
    raws: list[Raw] = []
    left: list[Doubtful] = []
    for intent in _merged(intents):
        response = _response_of(intent.name, responses, rules)
        if response is not None and not is_small_talk(intent.name):
            raws.append(_raw(intent, response))
        elif not is_small_talk(intent.name):
            left.append(_unanswered(intent))
    document = build(raws, render)
    return Document(records=document.records, problems=document.problems, doubtful=(*document.doubtful, *left))


def _merged(intents: Iterable[Fragment]) -> list[Fragment]:
    """Return one fragment for each intent, with the examples of all files."""
    found: dict[str, Fragment] = {}
    for each in intents:
        first = found.get(each.name, each)
        texts = each.texts if first is each else (*first.texts, *each.texts)
        found[each.name] = Fragment(kind=first.kind, name=first.name, texts=texts, file=first.file, line=first.line)
    return list(found.values())


def _response_of(intent: str, responses: dict[str, Fragment], rules: dict[str, str]) -> Fragment | None:
    """Return the response that a rule gives to an intent, or else the one that has its name."""
    plain = intent.rpartition("/")[2]
    bare = plain.removeprefix("ask_").removeprefix("faq_")
    names = (
        f"utter_{intent}",
        rules.get(intent, ""),
        *(f"utter_{each}" for each in (plain, bare, f"ask_{bare}", f"faq_{bare}")),
    )
    return next((responses[name] for name in names if name in responses), None)


def _raw(intent: Fragment, response: Fragment) -> Raw:
    values = {
        "id": (intent.name.rpartition("/")[2],),
        "question": intent.texts[:1],
        "aliases": intent.texts[1:],
        "answer": response.texts[:1],
    }
    doubts = tuple(blanks(response.texts[:1], names=True))
    return Raw(file=intent.file, line=intent.line, values=values, listed=frozenset({"aliases"}), doubts=doubts)


def _unanswered(intent: Fragment) -> Doubtful:
    what = f"no response and no rule answers the intent '{intent.name}'"
    remedy = "import the file of the responses and the one of the rules with it"
    return Doubtful(problem=Problem(where=intent.file, what=what, remedy=remedy, line=intent.line, field="answer"))


FORMAT = Format(
    name="rasa",
    suffixes=(".yml", ".yaml"),
    summary="The files of a Rasa assistant, in one import: examples of intents, responses, rules.",
    example="""\
nlu:
  - intent: faq/change_email
    examples: |
      - How can I change my e-mail address?
      - change mail
responses:
  utter_faq/change_email:
    - text: Open Profile > Email.
""",
    recognises=_recognises,
    read=read_rasa,
)
