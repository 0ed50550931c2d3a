"""All use cases together."""

from dataclasses import dataclass

from bot.service.asking import AskService
from bot.service.carding import CardService
from bot.service.catalogue import Catalogue
from bot.service.channels import Channels
from bot.service.claims import ClaimService
from bot.service.conversing import ConversationService
from bot.service.delivering import DeliveryService
from bot.service.drafting import DraftService
from bot.service.feedback import FeedbackService
from bot.service.grading import GradingService
from bot.service.importing import ImportService
from bot.service.knowledge import Knowledge
from bot.service.privacy import PrivacyService
from bot.service.replaying import ReplayService
from bot.service.reviewing import ReviewService
from bot.service.stats import StatsService
from bot.service.tuning import TuningService
from bot.service.weekly import WeeklyService
from bot.store import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """The services over one database."""

    database: Database
    knowledge: Knowledge
    ask: AskService
    conversing: ConversationService
    feedback: FeedbackService
    catalogue: Catalogue
    importing: ImportService
    cards: CardService
    reviewing: ReviewService
    replaying: ReplayService
    stats: StatsService
    delivering: DeliveryService
    privacy: PrivacyService
    channels: Channels
    claims: ClaimService
    grading: GradingService
    tuning: TuningService
    weekly: WeeklyService
    drafting: DraftService
