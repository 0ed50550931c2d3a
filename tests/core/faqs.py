"""Offer a small FAQ to the tests of the core."""

from bot.core.models import Audience, Entry
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.lexicon import Lexicon, parse_lexicon

LEXICON = parse_lexicon("two-factor authentication = 2fa\nlog in = login, sign in\ncannot = cant", name="test")

ENTRIES = (
    Entry(
        id="reset-password",
        question="How do I reset my password?",
        aliases=("forgot my password", "password does not work any more"),
        answer="Choose Forgot password on the login screen and follow the link in the e-mail.",
        category="Login",
    ),
    Entry(
        id="lost-2fa",
        question="I lost my two-factor authentication device, what now?",
        aliases=("my phone with the authenticator is gone",),
        answer="Start a reset of the second factor from the login screen and confirm it with a video call.",
        category="Security",
    ),
    Entry(
        id="freeze-app",
        question="How do I freeze my account in the app?",
        answer="Open the menu, then Security, then Freeze.",
        category="Security",
    ),
    Entry(
        id="freeze-web",
        question="How do I freeze my account on the web?",
        answer="Open the profile page, then Security, then Freeze.",
        category="Security",
    ),
    Entry(
        id="escalate",
        question="How do I escalate a stuck withdrawal?",
        answer="Page the treasury desk through the on-call tool.",
        audience=Audience.INTERNAL,
    ),
    Entry(
        id="withdraw",
        question="Why is my withdrawal still pending?",
        answer="The network is busy or a review is under way. Wait for the confirmation.",
        staff_note="Check the hot wallet dashboard first.",
    ),
)


def index(*entries: Entry, lexicon: Lexicon = LEXICON) -> EntryIndex:
    """Return an index of these entries, or of all of them."""
    return EntryIndex(lexicon, entries or ENTRIES)
