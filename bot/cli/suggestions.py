"""Suggest answers for review items, and accept suggestions: `faqbot review suggest` and `accept`."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import typer

from bot.cli.entry_changes import UNCHANGED, resolutions_agreed
from bot.cli.failures import ExitCode, refuse
from bot.cli.review_acts import AsJson, ItemId, Seen, Yes, change
from bot.cli.review_screens import reviewed_fields, told
from bot.cli.session import Session, actor, opened, run, settings_of
from bot.cli.terminal import Terminal, note, print_json
from bot.core.models import ItemKind
from bot.service.resolutions import Proposal
from bot.service.review_queue import Reviewed
from bot.store.records import ItemFilter


def suggest(
    context: typer.Context,
    item_id: ItemId,
    *,
    text: Annotated[str | None, typer.Option("--answer", metavar="TEXT", help="An answer.")] = None,
    question: Annotated[str | None, typer.Option(metavar="TEXT", help="A better wording of the question.")] = None,
    entry_id: Annotated[str | None, typer.Option("--entry", metavar="ID", help="An entry to link it with.")] = None,
) -> None:
    """Suggest an answer, or an entry to link. Moderators accept it or not."""
    if (text is None) == (entry_id is None):
        refuse("faqbot review suggest", "it needs one thing to suggest", "give either --answer TEXT or --entry ID")
    what = {"answer": text, "question": question, "entry_id": entry_id}
    made = run(context, lambda app: app.review.suggest(item_id, **what, actor=actor()))
    Terminal().print(f"{made.id} is suggested for {made.item_id}.")


def accept(  # noqa: PLR0913  # one parameter for each option
    context: typer.Context,
    suggestion_ids: Annotated[
        list[str] | None, typer.Argument(metavar="[SUGGESTION]...", help="The ids of suggestions, such as S2.")
    ] = None,
    *,
    chosen: Annotated[bool, typer.Option("--chosen", help="Link every item to the entry that askers chose.")] = False,
    yes: Yes = False,
    seen: Seen = None,
    as_json: AsJson = False,
) -> None:
    """Apply a suggestion for an item, or one for each of several items. Other suggestions for them are closed."""
    if chosen is bool(suggestion_ids):
        refuse("faqbot review accept", "it needs one thing to accept", "give suggestions or --chosen")
    if not suggestion_ids:
        _accept_chosen(context, as_json=as_json, yes=yes)
        return
    if len(suggestion_ids) > 1:
        _accept_several(context, list(dict.fromkeys(suggestion_ids)), as_json=as_json, yes=yes)
        return
    (wanted,) = suggestion_ids
    change(
        context,
        "resolved",
        lambda app: app.review.draft_accept(wanted),
        lambda app: app.review.accept(wanted, actor=actor(), seen=seen),
        as_json=as_json,
        yes=yes,
    )


def _accept_several(context: typer.Context, suggestion_ids: Sequence[str], *, as_json: bool, yes: bool) -> None:
    """Apply suggestions for as many items, after a look at the effect of all together."""
    with opened(settings_of(context)) as session:
        review = session.app.review
        items = [session.run(session.app.learning.acceptable(each, actor=actor())) for each in suggestion_ids]
        if twice := [item.id for item, times in Counter(items).items() if times > 1]:
            what = f"several of them are for {twice[0]}"
            refuse("faqbot review accept", what, f"choose one: faqbot review show {twice[0]}")
        drafts = [session.run(review.draft_accept(each)) for each in suggestion_ids]
        _ask(session, drafts, yes=yes)
        pairs = zip(suggestion_ids, items, strict=True)
        done = [session.run(review.accept(each, actor=actor(), seen=item.version)) for each, item in pairs]
    _tell(done, "resolved", as_json=as_json)


def _accept_chosen(context: typer.Context, *, as_json: bool, yes: bool) -> None:
    """Link all items with what askers chose, after a look at the effect of all together."""
    with opened(settings_of(context)) as session:
        review = session.app.review
        items = session.run(review.list(ItemFilter(kind=ItemKind.CHOSEN)))
        drafts = [session.run(review.draft_link(item.id, item.entry_id or "")) for item in items]
        _ask(session, drafts, yes=yes)
        done = [session.run(review.accept_choice(item.id, actor=actor(), seen=item.version)) for item in items]
    _tell(done, "linked", as_json=as_json)
    if not done and not as_json:
        Terminal().print("Nothing that askers chose is waiting.")


def _ask(session: Session, drafts: Sequence[Proposal], *, yes: bool) -> None:
    """Show the effect of all together, and end the command unless that is agreed to."""
    if drafts and not yes and not resolutions_agreed(session, drafts, command="faqbot review accept"):
        note(UNCHANGED)
        raise typer.Exit(ExitCode.INTERRUPTED)


def _tell(done: Sequence[Reviewed], verb: str, *, as_json: bool) -> None:
    if as_json:
        print_json(list(map(reviewed_fields, done)))
    else:
        for one in done:
            Terminal().print(told(one, verb))
