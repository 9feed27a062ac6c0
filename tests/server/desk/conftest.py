"""The houses that the desk's contracts are tested in, each on a Monday morning in March 2025."""

from __future__ import annotations

import pytest
from tests.server.desk.house import House, at, make_house

MONDAY = "2025-03-10T08:00:00+01:00"


@pytest.fixture
def biztek(db: None) -> House:
    """Biztek and its customers."""
    with at(MONDAY):
        return make_house("biztek")


@pytest.fixture
def connexys(db: None) -> House:
    """Connexys, whose customers have users and super users."""
    with at(MONDAY):
        return make_house("connexys")


@pytest.fixture
def easymeeting(db: None) -> House:
    """Easymeeting, with customers in Europe and America."""
    with at(MONDAY):
        return make_house("easymeeting")
