"""All use cases together, over one database."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom

from bot.core.manners import USUAL as USUAL_MANNERS
from bot.core.manners import Manners
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.vectors import Encode
from bot.service import USUAL, Clock, Periods, utc_now
from bot.service.cards import CardService
from bot.service.catalogue import MOST_QUESTIONS, Catalogue, ReplayService
from bot.service.categories import CategoryService
from bot.service.channels import Channels
from bot.service.checks import Checker, CheckService
from bot.service.choices import ChosenPhrasings
from bot.service.claims import ClaimService
from bot.service.conversations import ConversationService
from bot.service.deliveries import DeliveryService
from bot.service.digest import WeeklyService
from bot.service.drafts import DraftService
from bot.service.feedback import FeedbackService
from bot.service.grades import GradingService
from bot.service.helpers import HelperService
from bot.service.histories import EntryHistories
from bot.service.imports import ImportService
from bot.service.knowledge import Knowledge
from bot.service.privacy import PrivacyService
from bot.service.questions import AskService
from bot.service.review import ReviewService
from bot.service.review_queue import ReviewQueue
from bot.service.said_back import SaidBackService
from bot.service.stats import FEWEST_ASKERS, StatsService
from bot.service.sync import SyncService
from bot.service.tuning import TuningService
from bot.service.validity import Validity
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
    replays: ReplayService
    stats: StatsService
    deliveries: DeliveryService
    privacy: PrivacyService
    channels: Channels
    claims: ClaimService
    grades: GradingService
    histories: EntryHistories
    sync: SyncService
    tuning: TuningService
    weekly: WeeklyService
    drafts: DraftService
    helpers: HelperService
    said_back: SaidBackService


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
) -> App:
    """Return the services over a database that is ready."""
    validity = Validity(clock, hedged=hedged, is_english=lexicon.dictionary.__contains__)
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
        database=database, queue=queue, phrasings=phrasings, validity=validity, author_key=author_key
    )
    return App(
        database=database,
        knowledge=knowledge,
        ask=AskService(
            database=database,
            knowledge=knowledge,
            queue=queue,
            validity=validity,
            manners=manners,
            author_key=author_key,
        ),
        conversations=ConversationService(database=database, queue=queue, validity=validity, author_key=author_key),
        feedback=feedback,
        said_back=SaidBackService(database=database, feedback=feedback, validity=validity, author_key=author_key),
        catalogue=catalogue,
        categories=CategoryService(database=database, clock=clock),
        checks=CheckService(
            database=database,
            knowledge=knowledge,
            checker=Checker(lexicon, knowledge.encoders, domains),
            clock=clock,
            fewest_askers=fewest_askers,
        ),
        imports=imports,
        cards=CardService(database=database, clock=clock),
        review=review,
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
        channels=Channels(database=database, clock=clock),
        claims=ClaimService(database=database),
        histories=EntryHistories(database=database, clock=clock),
        grades=GradingService(database=database, clock=clock),
        sync=SyncService(database=database, imports=imports, clock=clock),
        tuning=TuningService(database=database, knowledge=knowledge, clock=clock),
        drafts=DraftService(database=database, catalogue=catalogue, review=review),
        helpers=HelperService(
            database=database, queue=queue, validity=validity, manners=manners, author_key=author_key
        ),
        weekly=WeeklyService(database=database, stats=stats, clock=clock),
    )
