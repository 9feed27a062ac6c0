"""The shell of every page: the way in, choices that stay, and pages for what went wrong."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
def test_a_visitor_is_sent_to_sign_in(client: Client) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "There is nothing here"),
        ("nb", "Her er det ingenting"),
        ("pl", "Tu nic nie ma"),
        ("nl", "Hier is niets"),
        ("es", "Aquí no hay nada"),
    ],
)
def test_what_is_not_there_is_said_in_the_readers_language(
    client: Client, language: str, words: str
) -> None:
    answer = client.get("/nowhere", headers={"accept-language": language})
    assert answer.status_code == 404
    page = answer.content.decode()
    assert words in page
    assert f'<html lang="{language}"' in page
