"""`faqbot model install|show`."""

import hashlib
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import model
from bot.config import default_model
from bot.encoder.encoder import MODEL, TOKENIZER
from bot.encoder.pins import PINNED, PinnedFile, PinnedModel
from tests.cli.commands import SECONDS, Commands, environment
from tests.encoder.models import write_model
from tests.encoder.servers import Reply, serving


@pytest.fixture
def copy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a small model, which is the pinned one for the length of the test."""
    copy = write_model(folder / "copy")
    files = [
        PinnedFile(name, name, (copy / name).stat().st_size, hashlib.sha256((copy / name).read_bytes()).hexdigest())
        for name in (MODEL, TOKENIZER)
    ]
    pinned = PinnedModel(repository="ann/tiny", revision="abc123", licence="MIT", files=tuple(files))
    monkeypatch.setattr(model, "PINNED", pinned)
    return copy


@pytest.fixture
def data(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the data directory of a new user."""
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    return folder / "data"


def test_a_model_is_installed_where_the_bot_looks(faqbot: Commands, copy: Path, data: Path) -> None:
    assert faqbot("model", "show").out.startswith("There is no model, so matching is lexical.")
    first, again = (faqbot("model", "install", "--from", str(copy)) for _ in range(2))
    assert (first.code, first.out) == (
        0,
        f"ann/tiny, revision abc123, licence MIT\nInstalled in {default_model()}.\n",
    )
    assert again.out.endswith(f"It is already in {default_model()}.\n")
    assert default_model().is_relative_to(data)
    shown = faqbot("model", "show")
    assert shown.code == 0
    assert re.search(r"^model +ann/tiny, revision abc123$", shown.out, re.MULTILINE)
    assert re.search(r"^dimensions +3$", shown.out, re.MULTILINE)
    assert re.search(r"^one question +\d+\.\d ms$", shown.out, re.MULTILINE)


def test_a_folder_that_was_named_is_filled(
    faqbot: Commands, copy: Path, data: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAQBOT_MODEL_DIR", str(folder / "own"))
    assert faqbot("model", "install", "--from", str(copy)).out.endswith(f"Installed in {folder / 'own'}.\n")
    assert {path.name for path in (folder / "own").iterdir()} == {MODEL, TOKENIZER}
    assert not data.exists()


def test_another_model_is_shown_as_such(faqbot: Commands, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = write_model(folder / "own")
    monkeypatch.setenv("FAQBOT_MODEL_DIR", str(own))
    shown = faqbot("model", "show").out
    assert "not the one that faqbot installs" in shown
    for name in (MODEL, TOKENIZER):
        content = (own / name).read_bytes()
        assert f"{len(content):,} bytes, sha256 {hashlib.sha256(content).hexdigest()}\n" in shown


def test_another_model_is_replaced_on_demand_alone(
    faqbot: Commands, copy: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = write_model(folder / "own", inputs=["input_ids"])
    monkeypatch.setenv("FAQBOT_MODEL_DIR", str(own))
    kept = faqbot("model", "install", "--from", str(copy))
    assert kept.code == 10
    assert kept.err == (
        f"faqbot: no model was installed; {own}: it holds another model; put the new one in its place with: "
        "faqbot model install --replace\n"
    )
    assert faqbot("model", "install", "--replace", "--from", str(copy)).code == 0
    assert (own / MODEL).read_bytes() == (copy / MODEL).read_bytes()


def test_a_model_that_is_not_there_is_one_line(faqbot: Commands, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAQBOT_MODEL_DIR", str(folder / "own"))
    result = faqbot("model", "show")
    assert (result.code, result.out) == (10, "")
    assert result.err == (
        f"faqbot: {folder / 'own' / MODEL}: no such file or directory; get a model with: faqbot model install\n"
    )


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


def test_a_missing_extra_is_told_after_the_installation(
    faqbot: Commands, copy: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    result = faqbot("model", "install", "--from", str(copy))
    assert result.code == 0
    assert result.err == (
        'It cannot be used yet: the library onnxruntime is missing; run in the checkout: pip install ".[semantic]"\n'
    )


@pytest.mark.slow
def test_an_interrupted_download_leaves_nothing(folder: Path, data: Path) -> None:
    part = Reply(body=b"weights", length=PINNED.files[0].size, stalls=True)
    command = [sys.executable, "-m", "bot", "model", "install", "--from"]
    with serving({f"/{PINNED.files[0].path}": part}) as site:
        process = subprocess.Popen(  # noqa: S603  # our own interpreter
            [*command, site.address],
            cwd=folder,
            env=environment(no_proxy="*", XDG_DATA_HOME=os.environ["XDG_DATA_HOME"]),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert site.stalled.wait(SECONDS)
        assert len(list((data / "faqbot").iterdir())) == 1
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 130
    assert out.endswith("licence Apache-2.0\n")
    # Tests run with all warnings on: of the socket that the interrupt left open, more may be said behind it.
    assert err.splitlines()[0] == "Interrupted; no model was installed."
    assert "Traceback" not in err
    assert list((data / "faqbot").iterdir()) == []
