"""Print the manifest from which the app is made in Slack."""

from importlib.resources import files
from typing import Annotated, Any

import typer
import yaml

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
