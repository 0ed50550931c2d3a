# ruff: noqa: RUF001  # dashes in titles
"""Read exports of forum threads: what was asked in those that are solved, and the reply that solved it."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import pairwise

from bot.core.fields import LABEL_LIMIT, OF_SOURCE, Unfit
from bot.core.models import Source
from bot.formats.forum_marks import Item, checks_of, counts, judges_of, names_in
from bot.formats.found import Pair, document_of
from bot.formats.marks import asks, plain_title
from bot.formats.markup import markdown_of
from bot.formats.records import Document, Doubtful, FaqFile, Format
from bot.formats.tables.json_text import JsonObject

_TITLES = (
    "title", "subject", "thread_name", "threadName", "thread_title", "topic_title", "topicTitle", "topic", "name",
    "question",
)  # fmt: skip
_MESSAGES = ("messages", "posts", "replies", "comments", "answers")
_TEXTS = ("content", "text", "body", "raw", "message", "cooked", "html", "markdown", "bodyText", "body_html")
_FLAGS = (
    "is_solution", "isSolution", "solution", "accepted", "is_accepted", "isAccepted", "accepted_answer", "is_answer",
    "isAnswer", "answer", "best_answer", "marked_as_answer", "marked_solution", "is_best_answer", "chosen", "solved",
)  # fmt: skip
_POINTERS = (
    "solution", "solution_id", "solutionId", "solution_message_id", "solution_post_id", "accepted_answer",
    "accepted_answer_id", "acceptedAnswerId", "answer_id", "answerId", "best_answer_id", "best_answer", "answer",
    "answer_message_id", "solved_by", "accepted_answer_post_id", "solved_message_id", "marked_answer",
)  # fmt: skip
_IDS = ("id", "message_id", "post_id", "post_number", "node_id")
_SOLVED = re.compile(r"solved|resolved|answered|gelöst|résolu|resuelto|решено|\u2705|\u2714", re.IGNORECASE)
_UNSOLVED = re.compile(r"un(?:solved|resolved|answered)|not\s", re.IGNORECASE)
_PREFIX = re.compile(
    r"^\s*[\[(]?(?:solved|resolved|answered|gelöst|résolu|resuelto|решено)[\])]?\s*[:\-–]?\s+|\s*[\[(](?:solved|resolved|answered|gelöst)[\])]\s*$",
    re.IGNORECASE,
)
_LIKE_THREADS = re.compile(r"\"(?:messages|posts|post_stream|replies|comments)\"\s*:\s*[\[{]")
_LIKE_SOLVED = re.compile(
    r"\"(?:is_?solution|solution\w*|accepted\w*|is_?accepted|solved\w*|is_?solved|best_answer\w*|is_?answer|answer_?id|resolved|is_resolved|applied_?tags|tags|reactions)\"\s*:",
    re.IGNORECASE,
)
_LIKE_ACCEPTED = re.compile(r"\"(?:accepted_?answer_?id|is_?accepted|answer_?chosen_?at)\"\s*:", re.IGNORECASE)
_MENTION = re.compile(r"<@[!&]?\w+>[,:]?[ ]*")
_LONGEST_ALIAS, _FEWEST_WORDS = 200, 3
_DEPTH = 6
_WHICH = "the thread is solved, but nothing says by which reply"
_BY_OTHERS = "neither who asked nor a moderator marked this reply as the solution"


def read_forum(file: FaqFile) -> Document:
    """Return the solved threads of an export; those of which nothing says what solved them are in doubt."""
    content, problems = file.json
    if problems:
        return Document(problems=problems)
    threads = list(_threads(content, 0))
    pairs = [pair for thread in threads if (pair := _pair(thread)) is not None]
    document = document_of(file, pairs)
    unsolved = len(threads) - len(pairs)
    if not pairs:
        return file.without_entries(
            "there is no solved thread in this export", "mark what solved them, and export again"
        )
    if unsolved:
        problem = file.problem(f"threads without a solution: {unsolved:,}", "mark what solved them, and export again")
        left = Doubtful(problem=problem)
        document = Document(records=document.records, problems=document.problems, doubtful=(*document.doubtful, left))
    return document


def _threads(content: object, depth: int) -> Iterator[JsonObject]:
    """Yield the objects that have a title and messages."""
    if depth > _DEPTH:
        return
    if isinstance(content, list):
        for each in content:
            yield from _threads(each, depth + 1)
    elif isinstance(content, JsonObject):
        if _title(content) and (_messages(content) or _given(content)):
            yield content
            return
        for each in content.values():
            if isinstance(each, list | dict):
                yield from _threads(each, depth + 1)


def _title(thread: Item) -> str:
    beside = [given for name in ("channel", "thread") if isinstance(given := thread.get(name), dict)]
    named = next(filter(None, (_text_in(each, _TITLES) for each in (thread, *beside))), "")
    return plain_title(_PREFIX.sub("", unescape(named))) if named else ""


def _text_in(item: Item, names: Sequence[str]) -> str:
    return next((value for name in names if isinstance(value := item.get(name), str) and value.strip()), "")


def _messages(thread: Item) -> list[Item]:
    """Return what was written in a thread, the first message first."""
    stream = thread.get("post_stream")
    places = [stream, thread] if isinstance(stream, dict) else [thread]
    for place in places:
        for name in _MESSAGES:
            given = place.get(name)
            if isinstance(given, list) and any(isinstance(each, dict) and _body(each) for each in given):
                return _in_order([each for each in given if isinstance(each, dict)])
    return []


def _in_order(messages: list[Item]) -> list[Item]:
    """Return messages with the first one first: programs of Discord give the last one first, by ids that count up."""
    ids = [int(each["id"]) for each in messages if str(each.get("id", "")).isdecimal()]
    falling = len(ids) == len(messages) > 1 and all(one > other for one, other in pairwise(ids))
    return messages[::-1] if falling else messages


def _body(message: Item) -> str:
    text = _MENTION.sub("", _text_in(message, _TEXTS))
    return markdown_of(text) if message.get("cooked") or re.search(r"</\w+>", text) else text.strip()


def _pair(thread: JsonObject) -> Pair | None:
    """Return what a solved thread says, None for one that is not solved."""
    messages = _messages(thread)
    solution, doubt = _solution(thread, messages), ""
    checked = [each for each in messages[1:] if any(checks_of(each))]
    if solution is None and checked:
        solution, doubt = checked[-1], _BY_OTHERS
    elif solution is None:
        if not _is_solved(thread):
            return None
        asker = _author(messages[0]) if messages else ""
        others = [each for each in messages[1:] if _author(each) != asker]
        solution, doubt = (others[-1] if others else {}), _WHICH
    title = _title(thread)
    opening = _body(thread) or (_body(messages[0]) if messages and messages[0] is not solution else "")
    return Pair(
        line=thread.line, question=title, answer=_body(solution), category=_category(thread),
        aliases=_aliases(opening), source=_source(thread), doubt=doubt,
        remedy="mark the reply that did, or look at the draft",
    )  # fmt: skip


def _solution(thread: Item, messages: Sequence[Item]) -> Item | None:
    flagged = [each for each in messages if any(each.get(name) is True for name in _FLAGS)]
    if flagged:
        return flagged[-1]
    for name in _POINTERS:
        pointer = thread.get(name)
        if isinstance(pointer, dict):
            if _body(pointer) and not _pointed(pointer, messages):
                return pointer
            if (found := _pointed(pointer, messages)) is not None:
                return found
        elif pointer is not None and not isinstance(pointer, bool):
            found = next((each for each in messages if str(pointer) in {str(each.get(key)) for key in _IDS}), None)
            if found is not None:
                return found
    judges = judges_of(thread, messages)
    checked = [each for each in messages[1:] if any(counts(check, judges) for check in checks_of(each))]
    return checked[-1] if checked else None


def _given(thread: Item) -> bool:
    """Return whether a thread has its solution beside its messages."""
    return any(isinstance(given := thread.get(name), dict) and bool(_body(given)) for name in _POINTERS)


def _pointed(pointer: Item, messages: Sequence[Item]) -> Item | None:
    keys = [(name, pointer[name]) for name in _IDS if pointer.get(name) is not None]
    return next((each for each in messages if any(each.get(name) == value for name, value in keys)), None)


def _is_solved(thread: Item) -> bool:
    if any(
        thread.get(name) is True
        for name in ("solved", "is_solved", "isSolved", "resolved", "is_resolved", "answered", "has_accepted_answer")
    ):
        return True
    words = [
        thread.get("status"),
        thread.get("state"),
        *names_in(thread.get("tags")),
        *names_in(thread.get("applied_tags")),
        _text_in(thread, _TITLES)[:12],
    ]
    return any(isinstance(word, str) and _SOLVED.search(word) and not _UNSOLVED.search(word) for word in words)


def _author(message: Item) -> str:
    author = message.get("author", message.get("user", message.get("username")))
    if isinstance(author, dict):
        author = author.get("id") or author.get("name") or author.get("username")
    return str(author or "")


def _category(thread: Item) -> str | None:
    given = next(
        (thread[name] for name in ("category_name", "category", "forum", "section", "board") if thread.get(name)), None
    )
    name = given.get("name") if isinstance(given, dict) else given
    return name.strip()[:LABEL_LIMIT] or None if isinstance(name, str) else None


def _aliases(opening: str) -> tuple[str, ...]:
    """Return what the asker wrote where it is one short question, and more than "where?"."""
    tells = len(opening.split()) >= _FEWEST_WORDS or not opening.isascii()
    return (opening,) if "\n" not in opening and tells and len(opening) <= _LONGEST_ALIAS and asks(opening) else ()


def _source(thread: Item) -> Source:
    url = OF_SOURCE["url"](_text_in(thread, ("url", "link", "permalink", "html_url", "jump_url")))
    return Source() if isinstance(url, Unfit) or not url else Source(url=url)


def _recognises(file: FaqFile) -> bool:
    start = file.text.lstrip()[:1]
    threads = _LIKE_THREADS.search(file.text) and _LIKE_SOLVED.search(file.text)
    if start not in {"{", "["} or not (threads or _LIKE_ACCEPTED.search(file.text)):
        return False
    content, _ = file.json
    return next(_threads(content, 0), None) is not None


FORMAT = Format(
    name="forum",
    suffixes=(),
    summary="Exports of forum threads as JSON: the title of each solved one and the reply that solved it.",
    example="""\
{"threads": [{
  "title": "How do I change my e-mail address?",
  "messages": [
    {"id": 1, "author": "mia", "content": "I have a new one."},
    {"id": 2, "author": "kim", "content": "Open **Profile > Security > Email**.", "is_solution": true}
  ]
}]}
""",
    recognises=_recognises,
    read=read_forum,
)
