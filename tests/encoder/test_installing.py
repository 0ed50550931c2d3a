"""Show that a model is installed as it was pinned, or not at all."""

import hashlib
import resource
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.encoder.encoder import MODEL, TOKENIZER
from bot.encoder.installing import exchange, holds, install
from bot.encoder.pins import PINNED, PinnedFile, PinnedModel
from bot.errors import ModelInstallError
from tests.encoder.servers import Reply, Site, serving

CONTENT = {"onnx/model.onnx": b"weights " * 30_000, "tokenizer.json": b'{"a": 1}'}
WRONG = b"Weights " * 30_000


def pinned(path: str, name: str) -> PinnedFile:
    return PinnedFile(name, path, len(CONTENT[path]), hashlib.sha256(CONTENT[path]).hexdigest())


WANTED = PinnedModel(
    repository="ann/tiny",
    revision="abc",
    licence="MIT",
    files=(pinned("onnx/model.onnx", MODEL), pinned("tokenizer.json", TOKENIZER)),
)
GOOD = {f"/{path}": Reply(body=content) for path, content in CONTENT.items()}


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that does not exist yet, nor the one that it is in."""
    return tmp_path / "data" / "faqbot" / "model"


def files(folder: Path) -> dict[str, bytes]:
    """Return what is in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


INSTALLED = {MODEL: CONTENT["onnx/model.onnx"], TOKENIZER: CONTENT["tokenizer.json"]}


@contextmanager
def refused(
    folder: Path, replies: Mapping[str, Reply], timeout: float = 30
) -> Iterator[tuple[Site, ModelInstallError]]:
    """Yield the error of an installation from a server, and see that it left nothing behind."""
    with serving(replies) as site:
        with pytest.raises(ModelInstallError) as failed:
            install(WANTED, folder, source=site.address, timeout=timeout)
        yield site, failed.value
    assert "\n" not in failed.value.what
    assert failed.value.remedy
    assert list(folder.parent.iterdir()) == []


def test_a_download_is_told_byte_by_byte_and_happens_once(folder: Path) -> None:
    counts: list[int] = []
    with serving(GOOD) as site:
        assert install(WANTED, folder, source=f"{site.address}/", advance=counts.append)
        assert not install(WANTED, folder, source=site.address)
    assert site.asked == list(GOOD)
    assert sum(counts) == WANTED.size
    assert len(counts) > len(WANTED.files)
    assert files(folder) == INSTALLED
    assert list(folder.parent.iterdir()) == [folder]


def test_redirects_are_followed_on_this_machine(folder: Path) -> None:
    with serving({"/far/away": GOOD["/onnx/model.onnx"]}) as other:
        moved = Reply(status=302, headers={"Location": f"{other.address}/far/away"})
        with serving({**GOOD, "/onnx/model.onnx": moved}) as site:
            install(WANTED, folder, source=site.address)
    assert other.asked == ["/far/away"]
    assert files(folder) == INSTALLED


@pytest.mark.parametrize("place", ["http://mirror.invalid/model.onnx", "http://10.0.0.1/x", "ftp://127.0.0.1/x"])
def test_redirects_to_where_others_listen_are_not(folder: Path, place: str) -> None:
    with refused(folder, {"/onnx/model.onnx": Reply(status=302, headers={"Location": place})}) as (site, error):
        assert error.where == f"{site.address}/onnx/model.onnx"
        assert "not https" in error.what


@pytest.mark.parametrize("place", ["http://mirror.invalid", "http://localhost.invalid/a", "https://[", "http://::1/"])
def test_an_address_where_others_listen_is_refused(folder: Path, place: str) -> None:
    with pytest.raises(ModelInstallError, match="not https"):
        install(WANTED, folder, source=place)


@pytest.mark.parametrize(
    ("reply", "what"),
    [
        (Reply(body=WRONG), f"its sha256 is {hashlib.sha256(WRONG).hexdigest()}, not {WANTED.files[0].sha256}"),
        (Reply(body=WRONG[:100_000]), "it ended after 100,000 of 240,000 bytes"),
        (Reply(body=WRONG[:100_000], length=240_000), "it ended after 100,000 of 240,000 bytes"),
        (Reply(body=WRONG + b"!"), "it has more than 240,000 bytes"),
    ],
)
def test_other_bytes_are_refused(folder: Path, reply: Reply, what: str) -> None:
    with refused(folder, {**GOOD, "/onnx/model.onnx": reply}) as (_, error):
        assert (error.where, error.what) == ("onnx/model.onnx", what)


@pytest.mark.parametrize(
    ("reply", "what"),
    [
        (Reply(status=404), "the server answers 404 Not Found"),
        (Reply(status=500, body=b"oops"), "the server answers 500 Internal Server Error"),
        (Reply(status=302, headers={"Location": "/tokenizer.json"}), "infinite loop"),
    ],
)
def test_a_server_that_does_not_serve_is_named(folder: Path, reply: Reply, what: str) -> None:
    with refused(folder, {**GOOD, "/tokenizer.json": reply}) as (site, error):
        assert error.where == f"{site.address}/tokenizer.json"
        assert what in error.what


def test_a_server_that_falls_silent_is_named(folder: Path) -> None:
    silent = Reply(body=b"{", length=8, stalls=True)
    with refused(folder, {**GOOD, "/tokenizer.json": silent}, timeout=0.5) as (_, error):
        assert error.what == "the server was silent for 0.5 seconds"


def test_a_server_that_nobody_finds_is_named(folder: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
        with pytest.raises(ModelInstallError) as failed:
            install(WANTED, folder, source=address)
    assert (failed.value.where, failed.value.what) == (f"{address}/onnx/model.onnx", "connection refused")


@pytest.mark.parametrize("place", ["https://a..b", "https://bob:x@host.invalid:port", "https://\u00fc.invalid/\u00fc"])
def test_an_address_that_is_none_is_named(folder: Path, place: str) -> None:
    with pytest.raises(ModelInstallError) as failed:
        install(WANTED, folder, source=place)
    assert failed.value.what
    assert list(folder.parent.iterdir()) == []


def test_a_full_disk_is_named(folder: Path) -> None:
    """As good as full for this process: a file may not grow further."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with refused(folder, GOOD) as (_, error):
            assert error.what == "file too large"
            assert "make room" in error.remedy
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file in its place")
    with pytest.raises(ModelInstallError) as failed:
        install(WANTED, tmp_path / "data" / "model", source=str(tmp_path))
    assert failed.value.where.startswith(str(tmp_path / "data"))


@pytest.mark.parametrize("flat", [False, True])
def test_a_copy_in_a_folder_is_as_good(folder: Path, tmp_path: Path, *, flat: bool) -> None:
    copy = tmp_path / "copy"
    for file in WANTED.files:
        place = copy / (file.name if flat else file.path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(CONTENT[file.path])
    assert install(WANTED, folder, source=str(copy))
    assert files(folder) == INSTALLED


def test_a_copy_without_a_file_is_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / MODEL).write_bytes(CONTENT["onnx/model.onnx"])
    with pytest.raises(ModelInstallError) as failed:
        install(WANTED, folder, source=str(tmp_path))
    assert failed.value.where == str(tmp_path / TOKENIZER)
    assert list(folder.parent.iterdir()) == []


def test_another_model_is_replaced_on_demand_alone(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / MODEL).write_bytes(b"another")
    with serving(GOOD) as site:
        with pytest.raises(ModelInstallError, match="--replace"):
            install(WANTED, folder, source=site.address)
        assert files(folder) == {MODEL: b"another"}
        assert install(WANTED, folder, source=site.address, replace=True)
    assert files(folder) == INSTALLED
    assert list(folder.parent.iterdir()) == [folder]


def test_another_model_stays_when_the_new_one_is_wrong(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / MODEL).write_bytes(b"another")
    with serving({**GOOD, "/tokenizer.json": Reply(body=b"{}")}) as site, pytest.raises(ModelInstallError):
        install(WANTED, folder, source=site.address, replace=True)
    assert files(folder) == {MODEL: b"another"}
    assert list(folder.parent.iterdir()) == [folder]


def test_what_cannot_be_replaced_stays(folder: Path, tmp_path: Path) -> None:
    folder.mkdir(parents=True)
    (folder / MODEL).write_bytes(b"another")
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "missing", folder, tmp_path / "old")
    assert files(folder) == {MODEL: b"another"}


def test_what_is_no_model_is_never_replaced(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "thesis.txt").write_text("years of work")
    with pytest.raises(ModelInstallError, match=r"thesis\.txt"):
        install(WANTED, folder, replace=True)
    assert files(folder) == {"thesis.txt": b"years of work"}


def test_an_empty_folder_is_filled(folder: Path) -> None:
    folder.mkdir(parents=True)
    with serving(GOOD) as site:
        assert install(WANTED, folder, source=site.address)
    assert files(folder) == INSTALLED


def test_a_file_of_the_right_length_is_not_enough(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / MODEL).write_bytes(WRONG)
    (folder / TOKENIZER).write_bytes(CONTENT["tokenizer.json"])
    assert not holds(folder, WANTED)
    (folder / MODEL).write_bytes(CONTENT["onnx/model.onnx"])
    assert holds(folder, WANTED)


def test_what_is_pinned_has_an_encrypted_address_and_whole_digests() -> None:
    assert PINNED.address.startswith("https://")
    assert PINNED.address.endswith(PINNED.revision)
    assert {file.name for file in PINNED.files} == {MODEL, TOKENIZER}
    assert all(len(bytes.fromhex(file.sha256)) == 32 for file in PINNED.files)
