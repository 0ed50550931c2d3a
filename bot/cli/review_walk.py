"""Go through the review item by item, with single keys."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType

from rich.console import Console

from bot.cli.failures import words
from bot.cli.keyboard import END, Typist
from bot.cli.review_screens import show_review, state_of, told
from bot.cli.session import Session
from bot.cli.terminal import note, one_line
from bot.core.models import DismissReason, ItemKind, Surface
from bot.core.talk.titles import title_of
from bot.errors import BrokenOffError, EntryNotFoundError, FaqbotError
from bot.service import utc_now
from bot.service.resolutions import NewAnswer, Proposal
from bot.service.review_queue import Review, Reviewed

HELP = (
    "a answer   e answer in the editor   1-5 link with that entry   l link with another   d dismiss   m merge\n"
    "y accept what askers chose   s split   g assign to me   z snooze   u undo   n next   p previous   q quit   "
    "Esc cancels"
)
REASONS: Mapping[str, DismissReason] = MappingProxyType({
    "t": DismissReason.OFF_TOPIC,
    "a": DismissReason.ACCOUNT_SPECIFIC,
    "s": DismissReason.SPAM,
    "d": DismissReason.DUPLICATE,
    "o": DismissReason.OTHER,
})  # fmt: skip
_ASK_REASON = "Why? t off-topic   a account-specific   s spam   d duplicate   o other   any other key: not at all"
_SNOOZE = timedelta(days=1)
_FOUND = 5


class Walk:
    """Show one item after the other, and do what the person at the keys wants done about it."""

    def __init__(
        self, session: Session, terminal: Console, person: Typist, *, actor: str, agree: Callable[[Proposal], bool]
    ) -> None:
        self._session = session
        self._terminal = terminal
        self._person = person
        self._actor = actor
        self._agree = agree
        self._ids = [item.id for item in session.run(session.app.review.list())]
        self._at = 0
        self._done: list[str] = []
        self._keys: Mapping[str, Callable[[Review], bool]] = {
            "a": self._answer,
            "e": self._edit,
            "l": self._link,
            "y": self._accept,
            "d": self._dismiss,
            "m": self._merge,
            "s": self._split,
            "g": self._assign,
            "z": self._snooze,
            "u": self._undo,
            "n": self._next,
            "p": self._previous,
            "?": self._help,
            **{str(number): self._link_nearest(number) for number in range(1, _FOUND + 1)},
        }

    def go(self) -> None:
        """Go on until there is nothing left, or the person has enough."""
        if not self._ids:
            self._terminal.print("No open questions.")
            return
        note(HELP)
        show = True
        while self._at < len(self._ids):
            found = self._session.run(self._session.app.review.show(self._ids[self._at]))
            if not found.item.is_open:  # somebody else was quicker, or it was undone
                note(f"{found.item.id}: {state_of(found.item)}")
                del self._ids[self._at]
                continue
            if show:
                self._person.drop_typed_ahead()
                self._terminal.print()
                note(f"{self._at + 1} of {len(self._ids)}")
                show_review(self._terminal, found)
            key = self._person.key()
            if key in END:
                break
            show = self._press(key, found)
        self._tell_rest()

    def _press(self, key: str, found: Review) -> bool:
        """Do what a key says; tell whether there is something else to show."""
        step = self._keys.get(key)
        if step is None:
            note(HELP)
            return False
        try:
            return step(found)
        except BrokenOffError:
            return self._nothing()
        except FaqbotError as error:
            for line in words(error):
                note(one_line(line.removeprefix("faqbot: ")))
            return False

    def _answer(self, found: Review) -> bool:
        return self._answer_with(found, self._person.line("Answer (empty: not at all): "))

    def _edit(self, found: Review) -> bool:
        return self._answer_with(found, (self._person.edit("") or "").strip())

    def _answer_with(self, found: Review, text: str) -> bool:
        if not text:
            return self._nothing()
        question = self._person.line(f"Question [{one_line(title_of(found.item.text), limit=60)}]: ") or None
        wanted = NewAnswer(answer=text, question=question, aliases=self._wordings(found))
        app = self._session.app
        if not self._agree(self._session.run(app.review.draft_answer(found.item.id, wanted))):
            return self._nothing()
        how = app.review.answer(found.item.id, wanted, actor=self._actor, seen=found.item.version)
        return self._resolved(self._session.run(how), "answered")

    def _link(self, found: Review) -> bool:
        wanted = self._person.line("Entry id, or words to look for (empty: not at all): ")
        return self._link_with(found, self._entry_id(found, wanted)) if wanted else self._nothing()

    def _entry_id(self, found: Review, wanted: str) -> str | None:
        """Return the entry that was named, or the one chosen among those that words find."""
        app = self._session.app
        try:
            return self._session.run(app.catalogue.show(wanted)).entry.id
        except EntryNotFoundError:
            explained = self._session.run(
                app.ask.explain(wanted, audience=found.item.audience, surface=Surface.CONSOLE)
            )
        matches = explained.ranking.matches[:_FOUND]
        for number, match in enumerate(matches, 1):
            self._terminal.print(f"  {number}  {match.entry_id}")
        chosen = self._person.line("Number (empty: none): ") if matches else ""
        return matches[int(chosen) - 1].entry_id if chosen in map(str, range(1, len(matches) + 1)) else None

    def _link_nearest(self, number: int) -> Callable[[Review], bool]:
        def link(found: Review) -> bool:
            nearest = found.item.nearest[number - 1 : number]
            return self._link_with(found, nearest[0].entry_id if nearest else None)

        return link

    def _accept(self, found: Review) -> bool:
        chosen = found.item.entry_id if found.item.kind is ItemKind.CHOSEN else None
        return self._link_with(found, chosen)

    def _link_with(self, found: Review, entry_id: str | None) -> bool:
        if entry_id is None:
            return self._nothing()
        aliases, app = self._wordings(found), self._session.app
        if not self._agree(self._session.run(app.review.draft_link(found.item.id, entry_id, aliases=aliases))):
            return self._nothing()
        how = app.review.link(found.item.id, entry_id, aliases=aliases, actor=self._actor, seen=found.item.version)
        return self._resolved(self._session.run(how), "linked")

    def _wordings(self, found: Review) -> tuple[str, ...] | None:
        """Return which wordings the entry gets, None for all."""
        wordings = found.item.wordings
        if len(wordings) < 2:  # noqa: PLR2004  # there is nothing to choose from
            return None
        for number, text in enumerate(wordings, 1):
            self._terminal.print(f"  {number}  {one_line(text, limit=100)}")
        chosen = self._person.line("Wordings to add, by number [all]: ").replace(",", " ").split()
        return tuple(wordings[int(one) - 1] for one in chosen if _is_number(one, wordings)) if chosen else None

    def _dismiss(self, found: Review) -> bool:
        note(_ASK_REASON)
        reason = REASONS.get(self._person.key())
        if reason is None:
            return self._nothing()
        app, item = self._session.app, found.item
        done = self._session.run(app.review.dismiss(item.id, reason=reason, actor=self._actor, seen=item.version))
        return self._resolved(done, f"dismissed, {reason}")

    def _merge(self, found: Review) -> bool:
        into = self._person.line("Merge into which item, such as R3 (empty: not at all): ")
        if not into:
            return self._nothing()
        app, item = self._session.app, found.item
        done = self._session.run(app.review.merge(item.id, into, actor=self._actor, seen=item.version))
        self._done.append(item.id)
        self._terminal.print(told(done, f"what {item.id} was merged into"))
        del self._ids[self._at]
        return True

    def _split(self, found: Review) -> bool:
        questions = self._person.line("Which questions go, such as Q4 Q7 (empty: none): ").replace(",", " ").split()
        if not questions:
            return self._nothing()
        app, item = self._session.app, found.item
        done = self._session.run(app.review.split(item.id, questions, actor=self._actor, seen=item.version))
        self._done.append(item.id)
        self._terminal.print(told(done, "an item of its own"))
        self._ids.insert(self._at + 1, done.item.id)
        return True

    def _assign(self, found: Review) -> bool:
        app, item = self._session.app, found.item
        how = app.review.assign(item.id, self._actor, actor=self._actor, seen=item.version)
        self._terminal.print(told(self._session.run(how), "yours"))
        self._done.append(item.id)
        return False

    def _snooze(self, found: Review) -> bool:
        app, item = self._session.app, found.item
        how = app.review.snooze(item.id, utc_now() + _SNOOZE, actor=self._actor, seen=item.version)
        return self._resolved(self._session.run(how), "snoozed until tomorrow")

    def _undo(self, _: Review) -> bool:
        if not self._done:
            note("There is nothing to undo.")
            return False
        item_id = self._done.pop()
        done = self._session.run(self._session.app.review.revert(item_id, actor=self._actor))
        self._terminal.print(told(done, "as it was before"))
        if item_id not in self._ids:
            self._ids.insert(self._at, item_id)
        self._at = self._ids.index(item_id)
        return True

    def _next(self, _: Review) -> bool:
        self._at += 1
        return True

    def _previous(self, _: Review) -> bool:
        self._at = max(self._at - 1, 0)
        return True

    def _help(self, _: Review) -> bool:
        note(HELP)
        return False

    def _nothing(self) -> bool:
        note("Nothing was done.")
        return False

    def _resolved(self, done: Reviewed, verb: str) -> bool:
        """Print what was done to the current item, and go on with the next one."""
        self._terminal.print(told(done, verb))
        self._done.append(done.item.id)
        self._ids.remove(done.item.id)
        if done.apart is not None:
            self._ids.insert(self._at, done.apart)
        return True

    def _tell_rest(self) -> None:
        left = self._session.run(self._session.app.review.page()).total
        self._terminal.print("No open questions are left." if not left else f"{left:,} left for another time.")


def _is_number(text: str, of: Sequence[str]) -> bool:
    return text.isdecimal() and 1 <= int(text) <= len(of)
