"""Show what ships with the bot: the sentence encoder, and the manifest of the app in Slack."""

import hashlib
import time
from importlib.resources import files
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import typer
import yaml

from bot.cli.session import settings_of
from bot.cli.terminal import Terminal, facts
from bot.encoder.encoder import MODEL, TOKENIZER, Encoder, check_folder
from bot.resources import MODEL as SHIPPED

model = typer.Typer(help="Show the sentence encoder.", no_args_is_help=True)

_QUESTION = "how can I reset my password when I no longer have the e-mail address?"
_TIMES = 20


@model.callback()
def _group() -> None:
    """Make `show` a subcommand, also where it is the only one."""


@model.command()
def show(context: typer.Context) -> None:
    """Show the sentence encoder that is used, and how quick it is."""
    folder = settings_of(context).model_dir
    if folder is None:
        Terminal().print("The sentence encoder is off, so matching is lexical.")
        return
    check_folder(folder)
    shown = {
        "folder": str(folder),
        "model": "all-MiniLM-L6-v2, which ships with faqbot" if folder == SHIPPED else "one of your own",
        MODEL: _described(folder / MODEL),
        TOKENIZER: _described(folder / TOKENIZER),
    }
    try:
        encoder = Encoder(folder)
        shown |= {"dimensions": str(encoder.dims), "one question": f"{_milliseconds(encoder):.1f} ms"}
    finally:
        facts(Terminal(), shown)


def _described(path: Path) -> str:
    content = path.read_bytes()
    return f"{len(content):,} bytes, sha256 {hashlib.sha256(content).hexdigest()}"


def _milliseconds(encoder: Encoder) -> float:
    """Return the median time of a question."""
    times = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        encoder.encode([_QUESTION])
        times.append(time.perf_counter() - began)
    return 1000 * median(times)


slack = typer.Typer(help="Show what the app in Slack is made from.", no_args_is_help=True)
_MANIFEST = files("bot.adapters.slack").joinpath("manifest.yaml")


@slack.callback()
def options() -> None:
    """Declare no options: this makes the one command a subcommand of its group."""


@slack.command("manifest")
def show_manifest(
    *,
    agent: Annotated[bool, typer.Option(help="With the view as an agent, which not all plans of Slack have.")] = True,
) -> None:
    """Print the manifest of the app."""
    text = _MANIFEST.read_text("utf-8")
    typer.echo(text if agent else without_agent(text), nl=False)


def without_agent(text: str) -> str:
    """Return a manifest without what the view as an agent needs."""
    manifest: dict[str, Any] = yaml.safe_load(text)
    del manifest["features"]["agent_view"]
    manifest["oauth_config"]["scopes"]["bot"].remove("assistant:write")
    manifest["settings"]["event_subscriptions"]["bot_events"].remove("app_context_changed")
    written: str = yaml.safe_dump(manifest, sort_keys=False)
    return written
