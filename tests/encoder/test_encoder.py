"""Show what vectors texts get, and what a folder that is no model gets instead."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.encoder.encoder import MODEL, TOKENIZER, Encoder, check_folder
from bot.errors import EncoderError
from bot.resources import MODEL as SHIPPED
from tests.encoder.models import INPUTS, POOLED, QUANTISED, TABLE, TOKENS, WORDS, ZEROS, Node, mean_of, write_model

PLAIN = [word for word in WORDS if word.isalpha() and word != "broken"]
TEXT = st.lists(st.sampled_from(PLAIN), max_size=5).map(" ".join)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    """Return an encoder that is quantised as a whole, as the small ones are."""
    return Encoder(write_model(tmp_path_factory.mktemp("model"), nodes=QUANTISED))


@pytest.mark.parametrize("nodes", [TOKENS, POOLED])
@pytest.mark.parametrize("inputs", [INPUTS, INPUTS[:2], INPUTS[:1], INPUTS[::-1]])
def test_a_vector_is_the_mean_of_the_tokens(tmp_path: Path, nodes: Sequence[Node], inputs: Sequence[str]) -> None:
    encoder = Encoder(write_model(tmp_path, nodes=nodes, inputs=inputs))
    vectors = encoder.encode(["cat", "dog cat", "dog"])
    assert vectors == pytest.approx(np.array([mean_of("cat"), mean_of("dog", "cat"), mean_of("dog")]), abs=1e-6)
    assert vectors.dtype == np.float32
    assert encoder.dims == TABLE.shape[1]


def test_the_pooling_of_the_model_comes_before_ours(tmp_path: Path) -> None:
    other = ("Neg", ("found",), ("last_hidden_state",))
    folder = write_model(tmp_path, nodes=(*POOLED[:1], other, *POOLED[1:]), outputs=["last_hidden_state"])
    assert Encoder(folder).encode(["cat"])[0] == pytest.approx(mean_of("cat"), abs=1e-6)


def test_a_layer_in_the_middle_tells_how_a_text_is_put(tmp_path: Path) -> None:
    middle = ("Neg", ("found",), ("middle_hidden_state",))
    folder = write_model(tmp_path, nodes=(TOKENS[0], middle, TOKENS[1]), outputs=["middle_hidden_state"])
    read = Encoder(folder).read(["cat", ""])
    assert read.manners is not None
    assert read.vectors[0] == pytest.approx(mean_of("cat"), abs=1e-6)
    assert read.manners[0] == pytest.approx(-mean_of("cat"), abs=1e-6)
    assert not read.manners[1].any()


def test_a_model_without_such_a_layer_tells_the_meaning_alone(encoder: Encoder) -> None:
    assert encoder.read(["cat"]).manners is None


def test_an_output_of_another_name_is_taken_when_it_is_the_only_one(tmp_path: Path) -> None:
    folder = write_model(tmp_path, nodes=[("Gather", ("table", "input_ids"), ("vectors",))])
    assert Encoder(folder).encode(["cat"])[0] == pytest.approx(mean_of("cat"), abs=1e-6)


@given(TEXT, st.lists(TEXT, max_size=40), st.integers(0, 40))
def test_company_changes_no_vector(encoder: Encoder, text: str, company: list[str], place: int) -> None:
    together = encoder.encode([*company[:place], text, *company[place:]])
    assert np.array_equal(together[min(place, len(company))], encoder.encode([text])[0])


@given(st.lists(st.text(), max_size=4))
def test_any_text_has_a_unit_vector_or_none(encoder: Encoder, texts: list[str]) -> None:
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), encoder.dims)
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.all((lengths == 0) | (np.abs(lengths - 1) < 1e-6))


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_a_text_without_a_word_is_near_nothing(encoder: Encoder, text: str) -> None:
    assert not encoder.encode([text]).any()


def test_half_a_surrogate_pair_is_read_as_a_mark(encoder: Encoder) -> None:
    assert np.array_equal(encoder.encode(["cat \ud800"]), encoder.encode(["cat ?"]))


@pytest.mark.parametrize("mark", ["[SEP]", "[PAD]", "[CLS]", "[UNK]"])
def test_what_a_model_marks_texts_with_is_plain_words_in_a_question(mark: str) -> None:
    written, spelled = Encoder(SHIPPED).encode([f"What does {mark} mean?", f"What does {mark.lower()} mean?"])
    assert np.array_equal(written, spelled)


def test_what_comes_late_in_a_long_text_does_not_count(encoder: Encoder) -> None:
    long = " ".join(["cat"] * 126)
    assert np.array_equal(encoder.encode([f"{long} dog"]), encoder.encode([long]))
    assert not np.array_equal(encoder.encode([f"dog {long}"]), encoder.encode([long]))


async def test_threads_at_once_do_not_disturb_each_other(encoder: Encoder) -> None:
    texts = [f"{first} {second}" for first in PLAIN for second in PLAIN] * 5
    found = await asyncio.gather(*(asyncio.to_thread(encoder.encode, texts) for _ in range(4)))
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert all(np.array_equal(each, alone) for each in found)


def test_a_model_that_fails_on_a_text_says_so(encoder: Encoder) -> None:
    for texts in (["broken"], ["broken"] * 100):
        with pytest.raises(EncoderError) as failed:
            encoder.encode(texts)
        assert failed.value.where.endswith(MODEL)
        assert "out of data bounds" in failed.value.what


@pytest.mark.parametrize("name", [MODEL, TOKENIZER])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (write_model(tmp_path) / name).unlink()
    for use in (Encoder, check_folder):
        with pytest.raises(EncoderError) as failed:
            use(tmp_path)
        assert (failed.value.where, failed.value.what) == (str(tmp_path / name), "no such file or directory")
        assert "FAQBOT_MODEL_DIR" in failed.value.remedy


@pytest.mark.parametrize("name", [MODEL, TOKENIZER])
@pytest.mark.parametrize("content", [b"", b"{}", b"\x00noise"])
def test_a_broken_file_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    (write_model(tmp_path) / name).write_bytes(content)
    check_folder(tmp_path)
    with pytest.raises(EncoderError) as failed:
        Encoder(tmp_path)
    assert failed.value.where == str(tmp_path / name)
    assert 0 < len(failed.value.what) <= 200
    assert "\n" not in failed.value.what


def test_half_a_model_is_named(tmp_path: Path) -> None:
    path = write_model(tmp_path) / MODEL
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(EncoderError) as failed:
        Encoder(tmp_path)
    assert failed.value.where == str(path)


def test_a_model_that_wants_more_than_a_text_has(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="pixel_values"):
        Encoder(write_model(tmp_path, inputs=[*INPUTS, "pixel_values"]))


def test_a_model_without_direction_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="length 0"):
        Encoder(write_model(tmp_path, nodes=ZEROS))


@pytest.mark.parametrize("name", ["onnxruntime", "tokenizers"])
def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(EncoderError) as failed:
        Encoder(write_model(tmp_path))
    assert name in failed.value.what
    assert "FAQBOT_MODEL_DIR=off" in failed.value.remedy


def test_nothing_is_imported_before_an_encoder_is_opened() -> None:
    code = "import sys, bot.cli.app; sys.exit(bool({'onnxruntime', 'tokenizers'} & sys.modules.keys()))"
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603  # our own interpreter


def test_its_runtime_tells_nobody_and_leaves_nothing(tmp_path: Path) -> None:
    code = "from bot.encoder.encoder import Encoder; from bot.resources import MODEL; Encoder(MODEL).encode(['a'])"
    places = dict.fromkeys(("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(tmp_path))
    kept = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    subprocess.run([sys.executable, "-c", code], check=True, env=kept | places)  # noqa: S603  # our own interpreter
    assert list(tmp_path.rglob("*")) == []


def test_the_model_that_ships_knows_what_is_alike() -> None:
    encoder = Encoder(SHIPPED)
    texts = ["I forgot my password", "cannot remember how to log in", "what are the fees for a withdrawal?"] * 12
    password, login, fees = encoder.encode(texts)[:3]
    assert encoder.dims == 384
    assert password @ login > 0.5
    assert password @ fees < 0.2
    assert np.array_equal(encoder.encode(texts[:1])[0], password)
