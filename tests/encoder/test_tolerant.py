"""Show that a failing encoder costs its vectors, and one line on the log."""

import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from bot.core.searching.vectors import Vectors
from bot.encoder.encoder import MODEL, Encoder
from bot.encoder.tolerant import TolerantEncoder
from tests.encoder.models import write_model


@pytest.fixture(autouse=True)
def _all_lines(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "bot")


def test_an_encoder_that_works_says_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    encode = TolerantEncoder(partial(Encoder, write_model(tmp_path)))
    vectors = encode(["cat", "dog"])
    assert vectors is not None
    assert np.array_equal(vectors, Encoder(tmp_path).encode(["cat", "dog"]))
    assert caplog.records == []


def test_an_encoder_that_tells_the_meaning_alone_does_too() -> None:
    vectors = np.ones((1, 2), np.float32)

    class Plain:
        def encode(self, _: Sequence[str]) -> Vectors:
            return vectors

    assert TolerantEncoder(Plain).read(["cat"]) == (vectors, None)


def test_each_change_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    encode = TolerantEncoder(partial(Encoder, write_model(tmp_path)))
    texts = ["cat", "broken", "broken", "cat", "dog", "broken"]
    assert [encode([text]) is None for text in texts] == [text == "broken" for text in texts]
    told = [record.getMessage() for record in caplog.records]
    assert told == ["encoder.failed", "encoder.recovered", "encoder.failed"]
    assert {record.levelname for record in caplog.records} == {"WARNING"}


def test_the_line_says_what_and_where_and_what_to_do(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    TolerantEncoder(partial(Encoder, tmp_path))(["cat"])
    (record,) = caplog.records
    facts = {name: record.__dict__[name] for name in ("where", "what", "remedy")}
    assert facts == {
        "where": str(tmp_path / MODEL),
        "what": "no such file or directory",
        "remedy": "set FAQBOT_MODEL_DIR to a folder with a model, or to off",
    }


def test_one_that_cannot_be_opened_is_opened_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    encode = TolerantEncoder(partial(Encoder, tmp_path))
    assert encode(["cat"]) is None
    write_model(tmp_path)
    assert encode(["cat"]) is None
    assert len(caplog.records) == 1


def test_nothing_is_opened_before_it_is_wanted(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    encode = TolerantEncoder(partial(Encoder, tmp_path))
    write_model(tmp_path)
    assert encode(["cat"]) is not None
    assert caplog.records == []
