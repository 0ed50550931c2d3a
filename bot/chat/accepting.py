"""Accept several suggestions in chat: moderators pick them, see what all would change, and confirm that once.

- What was picked is looked up again for that look, and checked again when it is accepted.
- What is not accepted is named, with the reason, before all that is.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.chat.moderators import effects, told_of
from bot.core.models import Audience
from bot.core.wording import accepting as words
from bot.core.wording.outcomes import sorting
from bot.errors import FaqbotError
from bot.service.accepting import Offered, Pick
from bot.service.app import App
from bot.service.resolutions import merged

Refusal = Callable[[FaqbotError], Awaitable[str]]
"""Words a refusal as a platform names people."""


@dataclass(frozen=True, slots=True)
class PickedSuggestions:
    """What was picked and may be accepted, and in lines what that would change and what is left out."""

    picks: tuple[Pick, ...]
    lines: tuple[str, ...]


def line_of(one: Offered) -> str:
    """Return in one line what is suggested for an item; it quotes people."""
    answer = one.answer if one.entry_id is None else f"{one.entry_id}: {one.title}"
    return words.offered(one.id, one.item.id, one.item.text, answer)


async def look_at_picks(
    app: App, names: Sequence[str], *, audience: Audience, actor: str, refusal: Refusal
) -> PickedSuggestions:
    """Return what some suggestions would change together, and name those that cannot be accepted."""
    taken: dict[str, Offered] = {}
    lines, left, proposals = list[str](), list[str](), []
    for name in names:
        try:
            one = await app.accepting.look_up(name, audience=audience, actor=actor)
            if (other := taken.get(one.item.id)) is not None:
                left.append(words.same_item(name, one.item.id, other.id))
                continue
            proposal = await app.accepting.draft(one)
        except FaqbotError as error:
            left.append(words.left_out(name, await refusal(error)))
            continue
        taken[one.item.id] = one
        proposals.append(proposal)
        lines += [line_of(one), *sorting(proposal.aliases, proposal.wordings)]
    if proposals:
        lines += await effects(app, merged(proposals), audience=audience)
    return PickedSuggestions(tuple(one.pick for one in taken.values()), (*left, *lines))


async def accept_picks(
    app: App, picks: Sequence[Pick], *, audience: Audience, actor: str, refusal: Refusal
) -> tuple[str, ...]:
    """Accept what was picked, and return in lines what became of it: first what was not accepted, and why."""
    done, left = list[str](), list[str]()
    for pick in picks:
        try:
            done.append(told_of(await app.accepting.accept(pick, audience=audience, actor=actor)))
        except FaqbotError as error:
            left.append(words.failed(pick.id, await refusal(error)))
    return (words.accepted(len(done), len(picks)), *left, *done)
