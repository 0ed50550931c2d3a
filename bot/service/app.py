"""All use cases together."""

from dataclasses import dataclass

from bot.service.cards import CardService
from bot.service.catalogue import Catalogue, DraftService, ReplayService
from bot.service.channels import Channels
from bot.service.claims import ClaimService
from bot.service.conversations import ConversationService
from bot.service.deliveries import DeliveryService
from bot.service.digest import WeeklyService
from bot.service.feedback import FeedbackService
from bot.service.grades import GradingService
from bot.service.imports import ImportService
from bot.service.knowledge import Knowledge
from bot.service.privacy import PrivacyService
from bot.service.questions import AskService
from bot.service.review import ReviewService
from bot.service.stats import StatsService
from bot.service.tuning import TuningService
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
    tuning: TuningService
    weekly: WeeklyService
    drafts: DraftService
