"""Merge what a folder and the store made of an entry since both had the same."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from bot.core.fields import unfit_answers
from bot.core.local_answers import LocalAnswer
from bot.core.models import Entry, Status
from bot.core.searching.text import normalise
from bot.formats import CollectedEntry
from bot.service.entry_changes import values_of, with_values
from bot.service.import_plan import Planned, tidied, with_more_aliases
from bot.store.records import StoredEntry


def merge_since(stored: StoredEntry, draft: CollectedEntry, *, base: Entry, theirs: bool) -> Planned:
    """Return the entry that a draft and a stored entry make, each of which may have changed since both were `base`.

    What one side changed is as that side has it, in the `answers` and in `never` item by item. A field that both
    changed is `kept` as stored, or taken from the draft if `theirs`; so is the status of what was retired here and
    changed there.
    """
    brought = replace(draft.entry, answers=tuple(map(tidied, draft.entry.answers)))
    old, new, then = values_of(stored.entry), values_of(brought), values_of(base)
    ours = [name for name in old if old[name] not in (then[name], new[name])]
    both = {name for name in ours if new[name] != then[name]}
    if stored.entry.status is Status.RETIRED and brought != base:
        both.add("status")
    sides = (stored.entry, brought, base)
    answers = _joint(*(each.answers for each in sides))
    if answers and unfit_answers(answers, locale=brought.locale, region=brought.region):
        answers = None
    lists = {"never": _joint(*(each.never for each in sides)), "answers": answers}
    joint = {name: each for name, each in lists.items() if name in both and each is not None}
    both -= joint.keys()
    values = {name: old[name] for name in ours if not (theirs and name in both)} | joint
    known, here = (set(map(normalise, each.phrasings)) for each in (base, stored.entry))
    left = (text for text in brought.aliases if normalise(text) in here or normalise(text) not in known)
    added = (text for text in stored.entry.aliases if normalise(text) not in known)
    entry = with_more_aliases(replace(with_values(brought, values), aliases=tuple(left)), added)
    kept = tuple(name for name in values if name in both)
    return Planned(draft=draft, entry=entry, passages=draft.passages, before=stored.entry, kept=kept)


_Item = TypeVar("_Item", str, LocalAnswer)


def _joint(ours: Sequence[_Item], theirs: Sequence[_Item], base: Sequence[_Item]) -> tuple[_Item, ...] | None:
    """Return what two sides make of a list; None where both changed one item of it."""
    here, there, then = ({_place(one): one for one in side} for side in (ours, theirs, base))
    found: dict[object, _Item | None] = {}
    for place in there | here:
        mine, other, before = here.get(place), there.get(place), then.get(place)
        if before not in (mine, other) and mine != other:
            return None
        found[place] = other if mine == before else mine
    return tuple(one for one in found.values() if one is not None)


def _place(one: str | LocalAnswer) -> object:
    return normalise(one) if isinstance(one, str) else (one.locale, one.region)
