"""The encoder and the manifest that ship are shown."""

import hashlib
import re
from pathlib import Path

import pytest
import yaml

from bot.adapters.slack.identity import manifest
from bot.encoder.encoder import MODEL, TOKENIZER
from tests.cli.commands import Commands
from tests.encoder.models import write_model


def test_the_model_that_ships_is_shown(faqbot: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FAQBOT_MODEL_DIR")
    shown = faqbot("model", "show")
    assert shown.code == 0
    assert re.search(r"^model +all-MiniLM-L6-v2, which ships with faqbot$", shown.out, re.MULTILINE)
    assert re.search(r"^dimensions +384$", shown.out, re.MULTILINE)
    assert re.search(r"^one question +\d+\.\d ms$", shown.out, re.MULTILINE)


def test_one_that_is_off_is_shown_as_such(faqbot: Commands) -> None:
    assert faqbot("model", "show").out == "The sentence encoder is off, so matching is lexical.\n"


def test_another_model_is_shown_as_such(faqbot: Commands, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = write_model(folder / "own")
    monkeypatch.setenv("FAQBOT_MODEL_DIR", str(own))
    shown = faqbot("model", "show").out
    assert "one of your own" in shown
    for name in (MODEL, TOKENIZER):
        content = (own / name).read_bytes()
        assert f"{len(content):,} bytes, sha256 {hashlib.sha256(content).hexdigest()}\n" in shown


def test_a_model_that_is_not_there_is_one_line(faqbot: Commands, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAQBOT_MODEL_DIR", str(folder / "own"))
    result = faqbot("model", "show")
    assert (result.code, result.out) == (10, "")
    remedy = "set FAQBOT_MODEL_DIR to a folder with a model, or to off"
    assert result.err == f"faqbot: {folder / 'own' / MODEL}: no such file or directory; {remedy}\n"


def test_a_model_that_does_not_load_is_shown_all_the_same(
    faqbot: Commands, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = write_model(folder / "own")
    (own / MODEL).write_bytes(b"noise")
    monkeypatch.setenv("FAQBOT_MODEL_DIR", str(own))
    result = faqbot("model", "show")
    assert result.code == 10
    assert "5 bytes, sha256" in result.out
    assert "dimensions" not in result.out
    assert result.err.startswith(f"faqbot: {own / MODEL}: ")
    assert result.err.count("\n") == 1


def test_the_manifest_is_what_the_bot_holds_the_app_against(empty: Commands) -> None:
    assert yaml.safe_load(empty("slack", "manifest").out) == manifest()


def test_without_agents_nothing_of_them_is_asked_for(empty: Commands) -> None:
    printed = empty("slack", "manifest", "--no-agent").out

    assert yaml.safe_load(printed)["display_information"] == manifest()["display_information"]
    assert not any(word in printed for word in ("agent", "assistant:write", "app_context_changed"))
