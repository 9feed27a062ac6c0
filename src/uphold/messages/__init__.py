"""Messages, reasons and durations as ids with data, and their words in five languages."""

from uphold.messages.languages import LANGUAGES, nearest_language
from uphold.messages.reader import Reader
from uphold.messages.vocabulary import Duration, Message, Money, Percent, Value, message

__all__ = [
    "LANGUAGES",
    "Duration",
    "Message",
    "Money",
    "Percent",
    "Reader",
    "Value",
    "message",
    "nearest_language",
]
