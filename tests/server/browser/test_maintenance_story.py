"""Maintenance, in the browser: notice judged while one types, and an announcement too late."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.server.browser.stage import Stage, fill, send

AGREEMENT = "easymeeting"
PLAN = {
    "What will be done": "New disks in the Oslo hall",
    "Start": "2025-03-31T22:00",
    "End": "2025-04-01T02:00",
}


@pytest.mark.requirement("E9a")
def test_notice_is_judged_while_one_types_and_an_announcement_too_late_is_told_so(
    stage: Stage,
) -> None:
    stage.it_is("2025-03-10T09:00:00+01:00")
    page = stage.page("lead", "/maintenance/")
    main = page.get_by_role("main")
    main.get_by_role("link", name="Plan maintenance").first.click()
    fill(main, PLAN | {"Start": "2025-03-21T22:00", "End": "2025-03-22T02:00"})
    notice = page.get_by_role("region", name="Notice")
    expect(notice).to_contain_text(
        "Scheduled only 11 days before it starts; 14 calendar days are needed."
    )
    expect(notice).to_contain_text("The earliest start with full notice is Mon 24 Mar 09:00.")
    fill(main, PLAN)
    expect(notice).to_contain_text(
        "Scheduled 21 days before it starts; 14 calendar days are needed."
    )
    expect(notice).to_contain_text("Announce it by Mon 24 Mar 22:00")
    expect(notice.get_by_role("link", name="3.3 Planned maintenance").first).to_be_visible()
    send(main, "Plan maintenance")
    expect(page.get_by_text("The maintenance is planned.")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("In time")

    stage.it_is("2025-03-24T22:00:01+01:00")
    page.get_by_role("link", name="Announce", exact=True).click()
    expect(notice).to_contain_text("too late; the last moment was Mon 22:00")
    send(main, "Announce")
    expect(page.get_by_text("The announcement is recorded.")).to_be_visible()
    expect(main).to_contain_text("Too late")
    customer = stage.page("acme user", page.url)
    expect(customer.get_by_role("main")).to_contain_text("too late")
