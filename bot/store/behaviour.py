"""Store how the bot behaves in each channel, and the applied thresholds."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, func, select, update

from bot.core.deciding.decision import Thresholds
from bot.core.manners import ChannelSettings, OptOut
from bot.core.models import ChannelRef, Surface
from bot.store.database import Alone, Transaction, insert_into
from bot.store.tables import ChannelRow, MetaRow, OptOutRow, ThresholdsRow

# Every question asks these: made once, since to make a statement takes longer than to run it.
_BEHAVIOUR = select(*(getattr(ChannelRow, field.name) for field in fields(ChannelSettings))).where(
    *(getattr(ChannelRow, field.name) == bindparam(field.name) for field in fields(ChannelRef))
)
_CURRENT = select(MetaRow.content_version, select(func.max(ThresholdsRow.id)).scalar_subquery())
# Every message that is overheard asks this instead.
_EXTENT = select(OptOutRow.extent).where(OptOutRow.author == bindparam("author")).scalar_subquery()
_CURRENT_AND_EXTENT = _CURRENT.add_columns(_EXTENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel and how the bot behaves there."""

    place: ChannelRef
    settings: ChannelSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """Thresholds that somebody applied for a surface, and the scorer whose confidence they were made for."""

    surface: Surface
    scorer_version: str
    thresholds: Thresholds


class Current(NamedTuple):
    """The versions of the content and of the applied thresholds; there may be none of these."""

    content_version: int
    thresholds_id: int | None


async def behaviour(tx: Transaction | Alone, place: ChannelRef) -> ChannelSettings:
    """Return how the bot behaves in a channel, by default where nobody has set it."""
    row = (await tx.execute(_BEHAVIOUR, asdict(place))).one_or_none()
    return ChannelSettings() if row is None else ChannelSettings(**row._asdict())


async def channels(tx: Transaction) -> tuple[Channel, ...]:
    """Return the channels that somebody has set, sorted by their names."""
    rows = await tx.scalars(select(ChannelRow))
    found = [
        Channel(place=ChannelRef(row.platform, row.workspace_id, row.channel_id), settings=_settings(row))
        for row in rows
    ]
    return tuple(sorted(found, key=lambda channel: channel.place))


async def lock_behaviour(tx: Transaction, place: ChannelRef, *, at: datetime) -> ChannelSettings:
    """Return how the bot behaves in a channel, and keep others from changing that until this transaction ends."""
    row = {**asdict(place), **asdict(ChannelSettings()), "updated_at": at}
    await tx.execute(insert_into(tx, ChannelRow).values(row).on_conflict_do_nothing())
    return _settings((await tx.scalars(select(ChannelRow).where(*_at(place)).with_for_update())).one())


async def save_behaviour(tx: Transaction, place: ChannelRef, settings: ChannelSettings, *, at: datetime) -> None:
    """Set how the bot behaves in a channel that is locked."""
    await tx.execute(update(ChannelRow).where(*_at(place)).values(**asdict(settings), updated_at=at))


async def current(tx: Transaction | Alone) -> Current:
    """Return how new everything is that decisions depend on, with one query."""
    return Current(*(await tx.execute(_CURRENT)).one())


async def current_for(tx: Transaction | Alone, author: str) -> tuple[Current, OptOut | None]:
    """Return the same, and what a person opted out of."""
    content_version, thresholds_id, extent = (await tx.execute(_CURRENT_AND_EXTENT, {"author": author})).one()
    return Current(content_version, thresholds_id), extent


async def last_applied(tx: Transaction) -> tuple[Applied, ...]:
    """Return the thresholds that were applied last for each surface and each version of the scorer."""
    newest = select(func.max(ThresholdsRow.id)).group_by(ThresholdsRow.surface, ThresholdsRow.scorer_version)
    rows = await tx.scalars(select(ThresholdsRow).where(ThresholdsRow.id.in_(newest)).order_by(ThresholdsRow.id))
    return tuple(
        Applied(
            surface=row.surface,
            scorer_version=row.scorer_version,
            thresholds=Thresholds(answer=row.answer, suggest=row.suggest, ambiguity=row.ambiguity, nothing=row.nothing),
        )
        for row in rows
    )


async def apply(tx: Transaction, wanted: Iterable[Applied], *, actor: str, at: datetime) -> None:
    """Apply thresholds from now on."""
    tx.add_all(
        ThresholdsRow(
            surface=one.surface,
            scorer_version=one.scorer_version,
            applied_by=actor,
            applied_at=at,
            **asdict(one.thresholds),
        )
        for one in wanted
    )


def _at(place: ChannelRef) -> tuple[ColumnElement[bool], ...]:
    return (
        ChannelRow.platform == place.platform,
        ChannelRow.workspace_id == place.workspace_id,
        ChannelRow.channel_id == place.channel_id,
    )


def _settings(row: ChannelRow) -> ChannelSettings:
    return ChannelSettings(**{field.name: getattr(row, field.name) for field in fields(ChannelSettings)})
