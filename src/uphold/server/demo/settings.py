"""The server's settings with the demo's switch between people, for `uphold demo` alone."""

from django.core.exceptions import ImproperlyConfigured

from uphold.server import settings as own
from uphold.server.demo.folder import MARK, is_marked
from uphold.server.settings import *  # noqa: F403 - the server's own, all of them

if not is_marked(own.ENVIRONMENT.data):
    raise ImproperlyConfigured(
        f"{own.ENVIRONMENT.data} is no demo's folder: it has no {MARK}. These settings let anybody"
        " in without a password; start them by `uphold demo`"
    )

DEMO = True
"""Without it the switch refuses to be installed."""

INSTALLED_APPS = ["uphold.server.demo", *own.INSTALLED_APPS]  # first: its template goes above all
ROOT_URLCONF = "uphold.server.demo.urls"
LOGIN_URL = "demo:people"
