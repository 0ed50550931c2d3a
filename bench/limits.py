"""Switch off, by their names, what keeps the bot from replying to each message; here more is asked than people ask."""

OFF = {
    "FAQBOT_REPLIES_PER_AUTHOR": "0",
    "FAQBOT_REPLIES_PER_CHANNEL": "0",
    "FAQBOT_REPLIES_PER_WORKSPACE": "0",
    "FAQBOT_REPEAT_MINUTES": "0",
    "FAQBOT_BURST_SECONDS": "0",
}
"""The settings that do."""
