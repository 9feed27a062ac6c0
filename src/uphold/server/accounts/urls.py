"""Addresses of signing in, of one's own settings, and of people and parties."""

from allauth.account import views as allauth
from django.urls import URLPattern, URLResolver, include, path, re_path

from uphold.server.accounts import views_of_links, views_of_oneself, views_of_parties

# Of the sign-in library's pages only these: nobody signs up here, and e-mail addresses are the
# administrator's to change. Its name of the sign-up page stays, for its own pages look it up.
_signing_in: list[URLPattern | URLResolver] = [
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("signup/", allauth.signup, name="account_signup"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/set/", allauth.password_set, name="account_set_password"),
    path("password/reset/", allauth.password_reset, name="account_reset_password"),
    path("password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", include("allauth.mfa.urls")),
]

_pages: list[URLPattern | URLResolver] = [
    path("setup/<str:secret>/", views_of_links.set_up, name="setup"),
    path("join/<str:secret>/", views_of_links.join, name="join"),
    path("offer/<str:secret>/", views_of_links.offer, name="offer"),
    path("me/", views_of_oneself.me, name="me"),
    path("me/organisation/", views_of_oneself.switch, name="switch"),
    path("me/tokens/", views_of_oneself.own_tokens, name="tokens"),
    path("me/tokens/<int:token>/revoke/", views_of_oneself.revoke, name="revoke-token"),
    path("parties/", views_of_parties.parties, name="parties"),
    path("parties/new/", views_of_parties.add, name="add-party"),
    path("parties/<slug:key>/", views_of_parties.party, name="party"),
    path("parties/<slug:key>/change/", views_of_parties.change, name="change-party"),
    path("parties/<slug:key>/<slug:what>/", views_of_parties.do, name="do"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include(_signing_in)),
    path("", include((_pages, "accounts"))),
]
