"""Size limits of Slack, in UTF-16 units where it is text."""

MARKDOWN = 12_000
"""Of all markdown blocks of a message together."""

MESSAGE = 13_000
"""Of all blocks of a message together; more is refused from a little above this on."""

FALLBACK = 4_000
SECTION = 3_000
HEADER = 150
CONTEXT = 2_000
BUTTON = 75
OPTION = 75
OPTIONS = 100
INPUT = 3_000
PLACEHOLDER = 150
TITLE = 24
FIELD_LABEL = 2_000
IDENTIFIER = 255
METADATA = 3_000
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_WORD = 30
ELEMENTS = 25
VIEW_BLOCKS = 100
