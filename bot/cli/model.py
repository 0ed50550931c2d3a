"""Install and show the sentence encoder."""

import time
from pathlib import Path
from statistics import median
from typing import Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

from bot.cli.running import settings_of
from bot.cli.terminal import Terminal, facts, note
from bot.config import default_model
from bot.encoder.encoder import MODEL, TOKENIZER, Encoder, check_folder
from bot.encoder.installing import digest, holds, install
from bot.encoder.pins import PINNED
from bot.errors import EncoderError

model = typer.Typer(help="Install and show the sentence encoder.", no_args_is_help=True)

_COLUMNS = (BarColumn(), DownloadColumn(), TimeRemainingColumn())
_QUESTION = "how can I reset my password when I no longer have the e-mail address?"
_TIMES = 20


@model.command("install")
def install_model(
    context: typer.Context,
    *,
    source: Annotated[
        str | None, typer.Option("--from", metavar="URL|FOLDER", help="A copy of the same files.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of what is there.")] = False,
) -> None:
    """Download a sentence encoder and check it. What is not as it was pinned changes nothing."""
    folder = settings_of(context).model_dir or default_model()
    terminal = Terminal()
    terminal.print(f"{PINNED.repository}, revision {PINNED.revision}, licence {PINNED.licence}")
    progress = Terminal(stderr=True)
    with Progress(*_COLUMNS, console=progress, disable=not progress.is_terminal, transient=True) as bar:
        task = bar.add_task("Downloading", total=PINNED.size)
        try:
            new = install(
                PINNED, folder, source=source, replace=replace, advance=lambda count: bar.advance(task, count)
            )
        except KeyboardInterrupt:
            note("Interrupted; no model was installed.")
            raise
    terminal.print(f"Installed in {folder}." if new else f"It is already in {folder}.")
    try:
        check_folder(folder)
    except EncoderError as error:
        note(f"It cannot be used yet: {error.what}; {error.remedy}")


@model.command()
def show(context: typer.Context) -> None:
    """Show the sentence encoder that is used, and how quick it is."""
    folder = settings_of(context).model_dir
    if folder is None:
        Terminal().print("There is no model, so matching is lexical. Get one with: faqbot model install")
        return
    check_folder(folder)
    pinned = f"{PINNED.repository}, revision {PINNED.revision}"
    shown = {
        "folder": str(folder),
        "model": pinned if holds(folder, PINNED) else "not the one that faqbot installs",
        MODEL: _described(folder / MODEL),
        TOKENIZER: _described(folder / TOKENIZER),
    }
    try:
        encoder = Encoder(folder)
        shown |= {"dimensions": str(encoder.dims), "one question": f"{_milliseconds(encoder):.1f} ms"}
    finally:
        facts(Terminal(), shown)


def _described(path: Path) -> str:
    return f"{path.stat().st_size:,} bytes, sha256 {digest(path)}"


def _milliseconds(encoder: Encoder) -> float:
    """Return the median time of a question."""
    times = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        encoder.encode([_QUESTION])
        times.append(time.perf_counter() - began)
    return 1000 * median(times)
