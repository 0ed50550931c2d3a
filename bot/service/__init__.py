"""Use cases: each public method is one use case in one transaction, and knows no platform."""

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
