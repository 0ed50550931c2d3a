"""Name and describe the commands, as members and moderators find them in the menus of Discord.

Slack takes its own from the manifest of the app.
"""

ASK = "Ask the FAQ; only you see the answer"
ASK_QUESTION = "What you want to know, or an entry that comes up as you type"
FAQ = "Look around in the FAQ"
BROWSE = "Show the FAQ by category; only you see it"
ANSWER_MESSAGE = "Answer from FAQ"

MY_DATA = "See and remove what the FAQ bot keeps of you"
MY_DATA_SHOW = "Show what you asked, and what became of it"
MY_DATA_EXPORT = "Send you everything that is kept of you"
MY_DATA_FORGET = "Remove everything that is kept of you"
MY_DATA_OPT_OUT = "Send you no later answers"
MY_DATA_OPT_IN = "Tell you again when a question is answered later"

REVIEW = "List the questions that wait for an answer"
SETTINGS = "Set how the FAQ bot behaves in this channel"
USE_AS_ANSWER = "Use as FAQ answer"
SUGGEST = "Suggest as FAQ answer"
