"""All use cases together, over one database, or over one for each workspace."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom
from typing import Generic, TypeVar

from bot.core.manners import USUAL as USUAL_MANNERS
from bot.core.manners import Manners
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.vectors import Encode
from bot.service import USUAL, Clock, Periods, utc_now
from bot.service.accepting import AcceptingService
from bot.service.catalogue import MOST_QUESTIONS, Catalogue, CategoryService, ReplayService
from bot.service.channels import Channels
from bot.service.checks import Checker, CheckService
from bot.service.claims import ClaimService
from bot.service.conversations import ConversationService
from bot.service.deliveries import DeliveryService
from bot.service.drafts import DraftService
from bot.service.entry_changes import EntryHistories
from bot.service.feedback import ChosenPhrasings, FeedbackService
from bot.service.grades import CorrectionService, GradingService
from bot.service.held import HeldReplyService
from bot.service.helpers import HelperService
from bot.service.imports import ImportService
from bot.service.knowledge import Knowledge, Validity
from bot.service.learning import LearningService
from bot.service.news import NewsService
from bot.service.pointed_at import PointedAtService
from bot.service.privacy import PrivacyService
from bot.service.questions import AskService
from bot.service.related import RelatedService
from bot.service.review import ReviewService
from bot.service.review_channel import CardService, WeeklyService
from bot.service.review_queue import ReviewQueue
from bot.service.said_back import SaidBackService
from bot.service.solved import SolvedQuestions
from bot.service.stale_threads import StaleThreadService
from bot.service.stats import FEWEST_ASKERS, StatsService
from bot.service.sync import SyncService
from bot.service.tuning import TuningService
from bot.service.vectors import KeptEncoder
from bot.store import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """The services over one database."""

    database: Database
    knowledge: Knowledge
    ask: AskService
    conversations: ConversationService
    feedback: FeedbackService
    catalogue: Catalogue
    categories: CategoryService
    checks: CheckService
    imports: ImportService
    cards: CardService
    review: ReviewService
    accepting: AcceptingService
    replays: ReplayService
    stats: StatsService
    deliveries: DeliveryService
    pointed_at: PointedAtService
    privacy: PrivacyService
    channels: Channels
    claims: ClaimService
    grades: GradingService
    corrections: CorrectionService
    histories: EntryHistories
    sync: SyncService
    tuning: TuningService
    weekly: WeeklyService
    drafts: DraftService
    held: HeldReplyService
    helpers: HelperService
    learning: LearningService
    said_back: SaidBackService
    stale_threads: StaleThreadService
    related: RelatedService
    news: NewsService
    solved: SolvedQuestions


def assemble(  # noqa: PLR0913  # what the parts are made of
    database: Database,
    *,
    lexicon: Lexicon,
    encode: Encode | None = None,
    model: Callable[[], str] | None = None,
    multilingual: KeptEncoder | None = None,
    author_key: bytes | None = None,
    clock: Clock = utc_now,
    periods: Periods = USUAL,
    manners: Manners = USUAL_MANNERS,
    fewest_askers: int = FEWEST_ASKERS,
    replay_questions: int = MOST_QUESTIONS,
    labelled: Path | None = None,
    hedged: bool = False,
    domains: Collection[str] = (),
    reviewed: Collection[str] = (),
) -> App:
    """Return the services over a database that is ready; `reviewed` are the platforms with a review channel."""
    validity = Validity(
        clock,
        hedged=hedged,
        cautioned=manners.cautioned,
        related=manners.related,
        is_english=lexicon.dictionary.__contains__,
    )
    knowledge = Knowledge(database, lexicon, encode, model, multilingual)
    queue = ReviewQueue(database, lexicon, knowledge.encoders, background=knowledge.background)
    imports = ImportService(database=database, queue=queue, clock=clock, periods=periods)
    stats = StatsService(database=database, queue=queue, clock=clock, fewest_askers=fewest_askers, domains=domains)
    catalogue = Catalogue(database=database, validity=validity, periods=periods)
    review = ReviewService(
        database=database,
        knowledge=knowledge,
        queue=queue,
        validity=validity,
        periods=periods,
        fewest_askers=fewest_askers,
    )
    phrasings = ChosenPhrasings(database=database, knowledge=knowledge, queue=queue, clock=clock)
    feedback = FeedbackService(
        database=database,
        queue=queue,
        phrasings=phrasings,
        validity=validity,
        on_call_hours=manners.on_call_hours,
        author_key=author_key,
    )
    solved = SolvedQuestions(database, lexicon, knowledge.encoders, background=knowledge.background)
    helpers = HelperService(database=database, queue=queue, validity=validity, manners=manners, author_key=author_key)
    return App(
        database=database,
        knowledge=knowledge,
        ask=AskService(
            database=database,
            knowledge=knowledge,
            queue=queue,
            validity=validity,
            solved=solved,
            manners=manners,
            author_key=author_key,
        ),
        conversations=ConversationService(database=database, queue=queue, validity=validity, author_key=author_key),
        feedback=feedback,
        said_back=SaidBackService(
            database=database, feedback=feedback, validity=validity, manners=manners, author_key=author_key
        ),
        catalogue=catalogue,
        categories=CategoryService(database=database, clock=clock),
        checks=CheckService(
            database=database,
            knowledge=knowledge,
            queue=queue,
            checker=Checker(lexicon, knowledge.encoders, domains),
            clock=clock,
            fewest_askers=fewest_askers,
        ),
        imports=imports,
        cards=CardService(database=database, clock=clock, manners=manners),
        review=review,
        accepting=AcceptingService(database=database, review=review, clock=clock),
        replays=ReplayService(
            database=database,
            knowledge=knowledge,
            validity=validity,
            encode=encode,
            questions=replay_questions,
            labelled=labelled,
        ),
        stats=stats,
        deliveries=DeliveryService(database=database, validity=validity, random=SystemRandom()),
        privacy=PrivacyService(database=database, clock=clock, periods=periods, author_key=author_key),
        channels=Channels(database=database, clock=clock, reviewed=reviewed),
        claims=ClaimService(database=database),
        histories=EntryHistories(database=database, clock=clock),
        grades=GradingService(database=database, queue=queue, validity=validity),
        corrections=CorrectionService(
            database=database,
            knowledge=knowledge,
            queue=queue,
            validity=validity,
            periods=periods,
            author_key=author_key,
        ),
        sync=SyncService(database=database, imports=imports, clock=clock),
        tuning=TuningService(database=database, knowledge=knowledge, clock=clock),
        drafts=DraftService(database=database, catalogue=catalogue, review=review),
        held=HeldReplyService(database=database, queue=queue, validity=validity),
        helpers=helpers,
        pointed_at=PointedAtService(database=database, knowledge=knowledge, validity=validity),
        news=NewsService(database=database, stats=stats, validity=validity),
        related=RelatedService(database=database, validity=validity, author_key=author_key),
        solved=solved,
        stale_threads=StaleThreadService(database=database, clock=clock, author_key=author_key),
        learning=LearningService(database=database, helpers=helpers, clock=clock, author_key=author_key),
        weekly=WeeklyService(database=database, stats=stats, clock=clock, due=manners.digest),
    )


T = TypeVar("T")

_log = logging.getLogger(__name__)


class _OpenWorkspace(Generic[T]):
    """A workspace that is open or being opened, and how many use it."""

    def __init__(self, opening: AbstractAsyncContextManager[T]) -> None:
        self.users = 0
        self._stack = AsyncExitStack()
        # A task of its own: who asked first may give up while others wait.
        self._task = asyncio.create_task(self._stack.enter_async_context(opening))

    async def opened(self) -> T:
        """Wait until it is open, or raise why it cannot be."""
        return await asyncio.shield(self._task)

    @property
    def is_broken(self) -> bool:
        """Return whether it could not be opened."""
        return self._task.done() and (self._task.cancelled() or self._task.exception() is not None)

    async def aclose(self) -> None:
        """Close it, as soon as it is open."""
        await asyncio.wait([self._task])
        await self._stack.aclose()


class Workspaces(Generic[T]):
    """Open workspaces on demand; at most so many are open, those used last.

    One that is in use is never closed: when all are, a request for another one waits. So no task may ask for a second
    one while using a first.
    """

    def __init__(self, open_workspace: Callable[[str], AbstractAsyncContextManager[T]], *, most: int) -> None:
        self._open = open_workspace
        self._most = most
        self._places: OrderedDict[str, _OpenWorkspace[T]] = OrderedDict()  # used last comes last
        self._closing: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._changed = asyncio.Event()

    @asynccontextmanager
    async def use(self, name: str) -> AsyncIterator[T]:
        """Yield what belongs to a workspace; it stays open for the length of the block."""
        while name not in self._places and len(self._places) + len(self._closing) >= self._most:
            await self._make_room()
        place = self._places.get(name)
        if place is None or place.is_broken:
            place = self._places[name] = _OpenWorkspace(self._open(name))
        place.users += 1
        try:
            yield await place.opened()
        finally:
            self._give_back(name, place)

    async def aclose(self) -> None:
        """Close all, each as soon as nobody uses it."""
        while self._places or self._closing:
            await self._make_room()

    def _give_back(self, name: str, place: _OpenWorkspace[T]) -> None:
        place.users -= 1
        if not place.users and self._places.get(name) is place:
            self._places.move_to_end(name)
            if place.is_broken:
                del self._places[name]
            self._changed.set()

    async def _make_room(self) -> None:
        """Close the workspace that was unused for longest, and wait until one is closed or given back."""
        self._waiting += 1
        idle = next((name for name, place in self._places.items() if not place.users), None)
        if idle is not None and len(self._closing) < self._waiting:
            closing = asyncio.create_task(self._places.pop(idle).aclose())
            self._closing.add(closing)
            closing.add_done_callback(self._note_closed)
        self._changed.clear()
        try:
            await self._changed.wait()
        finally:
            self._waiting -= 1

    def _note_closed(self, closing: asyncio.Task[None]) -> None:
        self._closing.discard(closing)
        if not closing.cancelled() and (fault := closing.exception()) is not None:
            _log.error("workspace.close_failed", exc_info=fault)
        self._changed.set()
