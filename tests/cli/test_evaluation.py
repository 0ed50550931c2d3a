"""`faqbot eval`."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bot.encoder.encoder import MODEL
from tests.cli.commands import Commands
from tests.encoder.models import write_model

FAQS: tuple[Mapping[str, object], ...] = (
    {"id": "fees", "question": "What does a withdrawal cost?", "aliases": ["wd fee"], "answer": None, "category": None},
    {"id": "freeze", "question": "How do I freeze my account?", "aliases": [], "answer": None, "category": None},
)
QUESTIONS: tuple[Mapping[str, object], ...] = (
    {"text": "what does a withdrawal cost", "expect": "fees"},
    {"text": "freeze my account", "expect": "freeze"},
    {"text": "is there a dress code?", "expect": None},
)


def lines(path: Path, records: Sequence[Mapping[str, object]]) -> str:
    """Write records as JSON lines, and return the path."""
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), "utf-8")
    return str(path)


@pytest.fixture
def given(folder: Path) -> tuple[str, str]:
    """Return the paths of an FAQ and of questions."""
    return lines(folder / "faqs.jsonl", FAQS), lines(folder / "queries.jsonl", QUESTIONS)


@pytest.fixture
def faqbot(capsys: pytest.CaptureFixture[str]) -> Commands:
    """Return the commands on a database that nobody may open."""
    return Commands(capsys, "sqlite:///missing/faq.db")


def test_the_measures_are_shown(faqbot: Commands, given: tuple[str, str]) -> None:
    result = faqbot("eval", *given)
    assert (result.code, result.err) == (0, "")
    assert "3, 2 of them answerable" in result.out
    assert re.search(r"^right entry first +100\.0%$", result.out, re.MULTILINE)


def test_the_measures_are_printed_as_json(faqbot: Commands, given: tuple[str, str]) -> None:
    measured = json.loads(faqbot("eval", *given, "--json").out)
    assert (measured["questions"], measured["answerable"], measured["top1"]) == (3, 2, 1.0)


def test_each_question_is_told_in_detail(faqbot: Commands, given: tuple[str, str], folder: Path) -> None:
    details = folder / "details.jsonl"
    assert faqbot("eval", *given, "--details", str(details)).code == 0
    told = [json.loads(line) for line in details.read_text("utf-8").splitlines()]
    assert [(each["text"], each["expect"]) for each in told] == [(each["text"], each["expect"]) for each in QUESTIONS]
    assert told[0]["entry"] == told[0]["ranked"][0][0] == "fees"
    assert told[0]["confidence"] == told[0]["ranked"][0][1] > 0.5


@pytest.mark.parametrize("lexical", [False, True])
def test_the_encoder_is_used_unless_it_is_left_out(
    faqbot: Commands, given: tuple[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch, *, lexical: bool
) -> None:
    """A broken one tells by its warning that it was wanted."""
    model = write_model(folder / "model")
    (model / MODEL).write_bytes(b"noise")
    monkeypatch.setenv("FAQBOT_MODEL_DIR", str(model))
    result = faqbot("eval", *given, *(["--lexical"] if lexical else []))
    assert result.code == 0
    assert ("encoder.failed" in result.err) is not lexical


def test_a_file_without_a_question_is_refused(faqbot: Commands, given: tuple[str, str], folder: Path) -> None:
    (folder / "none.jsonl").write_text("\n\n", "utf-8")
    result = faqbot("eval", given[0], str(folder / "none.jsonl"))
    assert (result.code, result.out) == (2, "")
    assert result.err == f"{folder / 'none.jsonl'}: the file is empty; leave it out or fill it\n"


def test_an_faq_is_measured_in_the_form_that_it_is_kept_in(
    faqbot: Commands, given: tuple[str, str], folder: Path
) -> None:
    """What staff alone may read is left out: members ask."""
    entries = "- {id: fees, question: What does a withdrawal cost?, answer: Little.}\n"
    hidden = "- {id: freeze, question: How do I freeze my account?, answer: So., audience: internal}\n"
    (folder / "faq.yaml").write_text(entries + hidden, "utf-8")
    result = faqbot("eval", str(folder / "faq.yaml"), given[1])
    assert (result.code, result.err) == (
        2,
        f"{given[1]}:2: expect: no FAQ has the id 'freeze'; name an id of the FAQ file, or null\n",
    )
    lines(folder / "queries.jsonl", [QUESTIONS[0], QUESTIONS[2]])
    result = faqbot("eval", str(folder / "faq.yaml"), given[1])
    assert (result.code, result.err) == (0, "")
    assert "2, 1 of them answerable" in result.out


def test_a_faulty_faq_is_refused(faqbot: Commands, given: tuple[str, str], folder: Path) -> None:
    (folder / "faq.yaml").write_text("- {id: fees, question: What does a withdrawal cost?}\n", "utf-8")
    result = faqbot("eval", str(folder / "faq.yaml"), given[1])
    assert (result.code, result.out) == (2, "")
    assert result.err == f"{folder / 'faq.yaml'}:1: answer: the field is missing; add it\n"
