"""Word what moderators are told about messages that may do harm."""

from bot.core.wording.languages import Message

FLAGGED = Message("Somebody who is no helper posted a link in a thread where I answered. Please see if it is safe.")
LEAKED = {
    False: Message("Somebody posted what looks like a seed phrase or a private key. Please see that the message goes."),
    True: Message("Somebody posted what looks like a seed phrase or a private key. I have deleted the message."),
}
"""What moderators are told, by whether the message is deleted already."""
