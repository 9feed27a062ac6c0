"""The settings that come from outside: what is read, and what is refused, in words."""

from __future__ import annotations

import pytest

from uphold.server.environment import SettingError, read_environment


def test_without_any_setting_there_is_sqlite_in_a_folder_of_its_own() -> None:
    found = read_environment({})
    assert found.database["ENGINE"] == "django.db.backends.sqlite3"
    assert str(found.database["NAME"]).endswith("/uphold-data/uphold.sqlite3")
    assert (found.host, found.port, found.https, found.worker) == ("127.0.0.1", 8000, False, True)


def test_postgresql_by_address_and_by_socket() -> None:
    by_name = read_environment({"UPHOLD_DATABASE": "postgresql://ann:p%40ss@db.example:5433/desk"})
    assert [by_name.database[each] for each in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "ann",
        "p@ss",
        "db.example",
        "5433",
        "desk",
    ]
    by_socket = read_environment({"UPHOLD_DATABASE": "postgresql://ann:@/desk?host=/run/pg"})
    assert (by_socket.database["HOST"], by_socket.database["PORT"]) == ("/run/pg", "")


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [
        ("UPHOLD_DATABASE", "mysql://localhost/desk", "postgresql://"),
        ("UPHOLD_BIND", "8000", "127.0.0.1:8000"),
        ("UPHOLD_HTTPS", "maybe", "yes, no"),
        ("UPHOLD_LANGUAGE", "de", "en, nb, pl, nl, es"),
        ("UPHOLD_ZONE", "Europe/Olso", "Europe/Oslo"),
        ("UPHOLD_DATABASE", "sqlite:///:memory:", "sqlite:////var/lib"),
        ("UPHOLD_DATABASE", "sqlite://desk.sqlite3", "sqlite:////var/lib"),
        ("UPHOLD_RATE", "many", "a whole number"),
        ("UPHOLD_RATE", "1000000000", "1,000,000"),
        ("UPHOLD_THREADS", "0", "a whole number from 1"),
        ("UPHOLD_MAIL", "smtp://", "smtp://user:password@host:587"),
        ("UPHOLD_HTTPS", "yes", "UPHOLD_PROXY=yes"),
        ("UPHOLD_DATABSE", "sqlite:///x", "UPHOLD_DATABASE"),
    ],
)
def test_a_setting_that_cannot_be_says_what_would_be_right(
    name: str, value: str, right: str
) -> None:
    with pytest.raises(SettingError) as refused:
        read_environment({name: value})
    assert name in str(refused.value)
    assert right in str(refused.value)


def test_a_setting_that_is_refused_does_not_repeat_its_password() -> None:
    for name in ("UPHOLD_DATABASE", "UPHOLD_MAIL"):
        with pytest.raises(SettingError) as refused:
            read_environment({name: "ftp://ann:s3cret@host.example/desk"})
        assert "ftp://ann@host.example/desk" in str(refused.value)
        assert "s3cret" not in str(refused.value)
