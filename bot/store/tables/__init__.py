"""Define the tables; `migrations/` makes them, and a check holds the two against each other."""

from bot.store.columns import Table
from bot.store.tables.content import (
    AnswerRow,
    ChannelRow,
    EntryRevisionRow,
    EntryRow,
    MetaRow,
    PhraseRow,
    ThresholdsRow,
    VectorRow,
)
from bot.store.tables.log import (
    AuditRow,
    ChoiceRow,
    ConsentRow,
    FeedbackRow,
    GradeRow,
    OptOutRow,
    QuestionRow,
    RegionRow,
    SolutionRow,
    VisitRow,
)
from bot.store.tables.review import (
    CardRow,
    ClaimRow,
    DeliveryRow,
    DraftRow,
    ReviewItemRow,
    ReviewQueueRow,
    SuggestionRow,
)

__all__ = [
    "AnswerRow",
    "AuditRow",
    "CardRow",
    "ChannelRow",
    "ChoiceRow",
    "ClaimRow",
    "ConsentRow",
    "DeliveryRow",
    "DraftRow",
    "EntryRevisionRow",
    "EntryRow",
    "FeedbackRow",
    "GradeRow",
    "MetaRow",
    "OptOutRow",
    "PhraseRow",
    "QuestionRow",
    "RegionRow",
    "ReviewItemRow",
    "ReviewQueueRow",
    "SolutionRow",
    "SuggestionRow",
    "Table",
    "ThresholdsRow",
    "VectorRow",
    "VisitRow",
]
