"""A revision with another figure is posted, compared and read, in the browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.server.browser.stage import Stage

AGREEMENT = "biztek"
CHANGED = "response, 2: under 4 business hours → under 2 business hours"

NEXT = {
    "revision: 1": "revision: 2",
    "posted: 2024-01-02T09:00:00+01:00": "posted: 2025-03-12T09:00:00+01:00",
    "under 4 timer": "under 2 timer",
    "2: under 4 business hours": "2: under 2 business hours",
}


@pytest.mark.requirement("E2")
def test_a_revision_is_checked_posted_in_force_at_once_and_compared_in_plain_words(
    stage: Stage,
) -> None:
    stage.it_is("2025-03-12T09:00:00+01:00")
    page = stage.page("administrator", "/agreements/")
    main = page.get_by_role("main")
    main.get_by_role("link", name="Next revision").click()
    box = page.get_by_label("The page", exact=True)
    source = box.input_value()
    check = page.get_by_role("region", name="What the check says")
    expect(check).to_contain_text("Write revision: 2 and post the page as the next one.")
    for before, after in NEXT.items():
        assert before in source
        source = source.replace(before, after)
    box.fill(source)
    expect(check).to_contain_text(CHANGED)
    expect(check).to_contain_text("Revision 2 can be posted; in force from Wed 09:00")
    page.get_by_role("button", name="Post it").click()
    expect(page.get_by_text("biztek-support, revision 2, is posted.")).to_be_visible()
    expect(main).to_contain_text("Last updated Wed 09:00")

    customer = stage.page("acme user", "/agreements/")
    read = customer.get_by_role("main")
    expect(read).to_contain_text("Revision 2 since")
    read.get_by_role("link", name="What changed").click()
    change = read.get_by_role("listitem").filter(has_text=CHANGED)
    expect(change).to_contain_text("helps the customer")
    change.get_by_role("link").click()
    expect(customer).to_have_url(f"{stage.desk.address}/agreements/biztek-support/2/#response")
    heading = read.get_by_role("heading", name="2.3 Tid til første respons")
    expect(heading).to_be_in_viewport()
    expect(read.get_by_text("under 2 timer").first).to_be_visible()
    read.get_by_role("link", name="Revision 1", exact=True).click()
    expect(read).to_contain_text("This revision has been replaced. In force: Revision 2")
    expect(read.get_by_text("under 4 timer").first).to_be_visible()
