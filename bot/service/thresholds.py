"""The thresholds that moderators applied."""

import logging
from collections.abc import Iterable, Mapping

from bot.core.deciding.decision import Thresholds, built_in
from bot.core.deciding.ranking import Ranking
from bot.core.models import Surface
from bot.store.behaviour import Applied

_log = logging.getLogger(__name__)


class AppliedThresholds:
    """The applied thresholds, for each surface by the scorer whose confidence they were made for."""

    def __init__(self, applied: Iterable[Applied] = ()) -> None:
        self._applied: dict[Surface, dict[str, Thresholds]] = {surface: {} for surface in Surface}
        for one in applied:
            self._applied[one.surface][one.scorer_version] = one.thresholds
        self._told = False

    def of(self, surface: Surface) -> Mapping[str, Thresholds]:
        """Return the thresholds of a surface by the version of the scorer."""
        return self._applied[surface]

    def in_use(self, surface: Surface, scorer: str) -> Thresholds:
        """Return the thresholds that count for a scorer: those that were applied, or else the built-in ones."""
        return self._applied[surface].get(scorer) or built_in(surface, scorer)

    def note_unused(self, surface: Surface, ranking: Ranking) -> None:
        """Log, and only once, that the built-in thresholds count since those applied are for another scorer."""
        applied = self._applied[surface]
        if self._told or not applied or not ranking.matches or ranking.scorer in applied:
            return
        self._told = True
        facts = {"scorer": ranking.scorer, "made_for": ", ".join(applied), "remedy": "run: faqbot tune"}
        _log.warning("thresholds.not_applicable", extra=facts)
