"""What pages, the API and other apps ask of the desk: one door."""

from uphold.server.desk.acting import NotTaken, act, offers, openings, preview
from uphold.server.desk.alarms import alarm_count, alarms, see, see_all
from uphold.server.desk.filters import drop_filter, save_filter, saved_filters
from uphold.server.desk.overtaken import overtaken
from uphold.server.desk.queue import MOST_COUNTED, PAGE, queue
from uphold.server.desk.queue_query import ORDERS, STATES, Query
from uphold.server.desk.things import thing

__all__ = [
    "MOST_COUNTED",
    "ORDERS",
    "PAGE",
    "STATES",
    "NotTaken",
    "Query",
    "act",
    "alarm_count",
    "alarms",
    "drop_filter",
    "offers",
    "openings",
    "overtaken",
    "preview",
    "queue",
    "save_filter",
    "saved_filters",
    "see",
    "see_all",
    "thing",
]
