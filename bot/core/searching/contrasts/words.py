"""List the words by which texts are about another thing, and how a question asks for it."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from bot.core.searching.lexicon import NO_NAMES
from bot.core.searching.text import word_set

ASPECTS: Mapping[str, tuple[frozenset[str], re.Pattern[str]]] = MappingProxyType({
    "cost": (
        word_set("""
            fee fees cost costs price prices pricing charge charges charged rate rates commission commissions free paid
            pay expensive cheap cheaper tariff
        """),
        re.compile(
            r"\b(?:how much (?:is|are|does|do|will|would|to|for)\b(?!.*\b(?:can|may|could) i\b)"
            r"|(?:what (?:is|are|s) (?:the |your )?)?(?:fees?|costs?|price|pricing|commission)"
            r"|(?:you|they|we|it|is|are|any|extra|additional|no|the) charges?|charges? (?:for|apply|of))\b"
        ),
    ),
    "time": (
        word_set("""
            long time times day days hour hours minute minutes week weeks month months when instant instantly
            immediately soon fast quick quickly delay duration until deadline schedule working business seconds
        """),
        re.compile(
            r"\b(?:how long|how soon|how fast|how quickly|what time|take to"
            r"|how many (?:minutes|hours|days|weeks|months|years))\b"
            r"|^(?:\w+ )?when (?:is|are|do|does|did|will|can|was|were|may|should)\b"
        ),
    ),
    "limit": (
        word_set("""
            limit limits limited minimum maximum min max least most cap ceiling allowance quota restriction
            restrictions smallest largest lowest highest many much up
        """),
        re.compile(
            r"\b(?:limits?|minimum|maximum|min|max|how many(?! (?:minute|hour|day|week|month|year)s\b)"
            r"|at most|at least|ceiling|quota)\b"
        ),
    ),
    "frequency": (
        word_set("often daily weekly monthly yearly hourly every each once twice times regularly automatically never"),
        re.compile(r"\bhow (?:often|frequently)\b"),
    ),
    "place": (
        word_set("where address street map located location beside behind opposite floor near"),
        re.compile(r"\bwhere (?:is|are|s) (?:the|your|a|an)\b"),
    ),
    "person": (
        word_set("who whom whose everyone everybody anyone anybody people person persons members users only you"),
        re.compile(r"^(?:\w+ )?who (?:is|are|can|may|pays?|has|does|will|should|must|gets?)\b"),
    ),
    "meaning": (
        word_set("mean means meaning stand stands explain explained definition called what"),
        re.compile(r"\b(?:what (?:do|does) .*\bmean|meaning of)\b"),
    ),
    "reason": (
        word_set("why because since reason reasons cause causes due therefore law required protect prevent"),
        re.compile(r"^(?:\w+ )?why (?:do|must|should|would) (?:i|we)\b"),
    ),
})  # fmt: skip
"""For what people ask of a thing: words by which a text speaks of it, and how a question asks for it."""
ASKING_WORDS = word_set("how what when where why who")
ASKING = ASKING_WORDS | word_set("""
    which whose whats can could may should would want wanted need needs like please pls help trying instead
""")
# How plain statements begin.
TELLING = word_set("i im ive my we our the there it its he she they a an one someone somebody")
WAITING = word_set("yet still wait waiting")
WHETHER = re.compile(r"\b(?:do|does|did|is|are|was|have|has|am) (?:i|you|we|it|he|she|they|there|that|this)\b")
ARTICLES = word_set("a an the my your this that")
# Verbs that say no more than the noun after them: "request a refund".
STARTING = word_set("""
    request start file submit order perform process want place issue send receive obtain schedule ask apply initiate
    complete open join enable buy purchase win earn claim
""")
WHAT = re.compile(r"^(?:\w+ )?what (?:do|does|did|can|should|will|happens)\b")
# What is wished for after it was told why: "it hangs, how do I restart it".
WISHED = re.compile(
    r"\b(?:(?:how|want|wants|like|love|trying|tried|need|needs|where) to"
    r"|(?:how |where )?(?:can|could|may|do|should) (?:i|we|he|she|they|you))\s+(\w+)"
)
WHICH = re.compile(r"^(?:\w+ )?(?:which|what) (\w+) (?:can|may|should|must|do|does|will|would|is|are|has|have)\b")
# What everything has: "which steps".
TOO_WIDE = word_set("""
    step steps way thing things kind sort type information info detail details document documents documentation time
    process procedure option options requirement requirements
""")
# What is said of oneself with the form of something that was done.
FEELINGS = word_set("""
    interested allowed required asked supposed concerned worried confused tired excited used based located called named
    pleased bored annoyed scared surprised disappointed
""")
# Which of a sort is named after one of these: "on the polygon network".
INTRODUCING = word_set("on in from for by with at of via as using into a an the my our your")
NO_SORTS = NO_NAMES | word_set("""
    own first last next whole entire whichever certain specific more less many few two big large small huge
    out up off down over back
""")
RETRIEVING = word_set("view see download print find look read")
# What may be done to one thing, each in a group of its own; other verbs say the same as these too often.
DOINGS = (
    RETRIEVING,
    word_set("pay"),
    word_set("change edit modify rename update"),
    word_set("create generate"),
    word_set("connect"),
)
_ONE = tuple(
    sorted(
        word_set("""
            friend wife husband spouse partner girlfriend boyfriend mother father mom mum dad son daughter child kid
            baby brother sister parent grandmother grandfather relative colleague coworker teammate employee roommate
            neighbour neighbor boss customer client guest visitor student pupil patient tenant
        """)
    )
)
_MANY = [*(f"{one}s" for one in _ONE), "children", "wives"]
# A text with one of these speaks of people beside who asks.
OTHERS = word_set("someone somebody others other another behalf gift people person both together").union(_ONE, _MANY)
_OWN = r"(?:a|an|my|our|the|his|her|their|another)\s+"
FOR_OTHERS = re.compile(
    rf"\b(?:for|of)\s+(?:(?:{_OWN})?(?:{'|'.join((*_MANY, *_ONE))})\b"
    r"|some(?:one|body)(?:\s+else)?|another\s+(?:person|user|member|player|account)|other\s+people)"
    rf"|\bmy\s+(?:{'|'.join(_ONE)})s\s+\w+"
    rf"|\b(?:can|could|may)\s+(?:some(?:one|body)\s+else|another\s+person"
    rf"|{_OWN}(?:{'|'.join(_ONE)})\b)"
)


def aspects_of(line: str) -> frozenset[str]:
    """Return what a line of words asks of a thing."""
    found = {name: asks.search(line) for name, (_, asks) in ASPECTS.items()}
    asked = {name: match for name, match in found.items() if match is not None}
    # Who asks when the fees are due does not ask how much they are.
    outright = frozenset(name for name, match in asked.items() if not ASKING_WORDS.isdisjoint(match[0].split()))
    return outright or frozenset(asked)
