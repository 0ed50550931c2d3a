"""Name and describe the commands, as members and moderators find them in the menus of Discord.

Slack takes its own from the manifest of the app.
"""

from bot.core.wording.languages import Message

ASK = Message("Ask the FAQ; only you see the answer")
ASK_QUESTION = Message("What you want to know, or an entry that comes up as you type")
FAQ = Message("Look around in the FAQ")
BROWSE = Message("Show the FAQ by category; only you see it")
ANSWER_MESSAGE = Message("Answer from FAQ")

MY_DATA = Message("See and remove what the FAQ bot keeps of you")
MY_DATA_SHOW = Message("Show what you asked, and what became of it")
MY_DATA_EXPORT = Message("Send you everything that is kept of you")
MY_DATA_FORGET = Message("Remove everything that is kept of you")
MY_DATA_OPT_OUT = Message("Send you no later answers")
MY_DATA_OPT_IN = Message("Tell you again when a question is answered later")

REVIEW = Message("List the questions that wait for an answer")
SETTINGS = Message("Set how the FAQ bot behaves in this channel")
USE_AS_ANSWER = Message("Use as FAQ answer")
SUGGEST = Message("Suggest as FAQ answer")
