"""Word what is asked and said in threads that nobody writes in any more."""

from bot.core.wording.languages import Message

STILL_OPEN = Message("Nobody has written here for a while. Is this still open?")
STAYS_OPEN = Message("Nobody has written here for a while. Somebody says that this is still open.")
IS_SOLVED = Message("This is solved.")
IS_CLOSED = Message("Nobody has written here for a while, so I take this as closed. Write here if it is still open.")
