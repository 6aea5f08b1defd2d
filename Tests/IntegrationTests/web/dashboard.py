#!/usr/bin/env python3
"""Drives the dashboard in a real Chromium against a running FleetServer.

Environment:
  BASE_URL, USER, PASSWORD   where, and as whom (an operator or admin)
  MIN_CARDS                  cards that the list must show (default 1)
  IMAGE                      part of the name of the image to roll out (default: the first CardAgent image of the library)
  UPGRADE_CARDS              cards to upgrade (default 2)
  CARD_RANGE                 a range to search for cards (default 127.0.0.1)
  CAMPAIGN_SECONDS           how long the campaign may take (default 300)
  SCREENSHOTS                directory for screenshots (default: none are made)
  CHROMIUM                   the browser (default /usr/bin/chromium)

Prints one line for each check; exits with 1 if one failed.
"""
import os
import re
import sys

from playwright.sync_api import Browser, expect, sync_playwright

from inventory_checks import check_inventory
from page_under_test import BASE_URL, Run, rows, sign_in

MIN_CARDS = int(os.environ.get("MIN_CARDS", "1"))
UPGRADE_CARDS = int(os.environ.get("UPGRADE_CARDS", "2"))
CAMPAIGN_SECONDS = int(os.environ.get("CAMPAIGN_SECONDS", "300"))
PAGES = [
    "cards", "sites", "sites/groups", "sites/tags", "discover", "discover/candidates", "discover/schedules", "discover/rules", "discover/import",
    "firmware", "campaigns", "campaigns/new", "settings", "settings/credentials", "settings/gateway", "settings/profiles", "settings/access",
]


def wrong_password_is_refused(run: Run):
    run.page.goto(BASE_URL)
    sign_in(run, os.environ["USER"], os.environ["PASSWORD"] + "x")
    expect(run.page.get_by_role("alert")).to_contain_text("wrong")
    # The browser reports the refused login too, rightly.
    run.console = [text for text in run.console if "401" not in text]
    run.shot("login")


def login(run: Run):
    sign_in(run, os.environ["USER"], os.environ["PASSWORD"])
    expect(rows(run.page).first).to_be_visible(timeout=15_000)


def stream_is_live(run: Run):
    expect(run.page.locator(".link-indicator")).to_have_text("Live", timeout=15_000)


def list_shows_cards(run: Run):
    grid = run.page.get_by_role("grid", name="Cards")
    count = int(grid.get_attribute("aria-rowcount") or "1") - 1
    for _ in range(100):
        if count >= MIN_CARDS:
            break
        run.page.wait_for_timeout(200)
        count = int(grid.get_attribute("aria-rowcount") or "1") - 1
    assert count >= MIN_CARDS, f"{count} cards instead of {MIN_CARDS}"
    expect(rows(run.page).locator(".cell-load", has_text=re.compile(r"\d")).first).to_be_visible(timeout=60_000)
    run.shot("cards")
    return f"{count} cards"


def values_are_live(run: Run):
    """A card seen moments ago can only be one that is being polled now."""
    fresh = re.compile(r"^(just now|\d+ s ago)$")
    expect(rows(run.page).locator(".cell-lastSeen", has_text=fresh).first).to_be_visible(timeout=60_000)


def filter_narrows(run: Run):
    address = rows(run.page).first.locator(".cell-address").inner_text().strip()
    run.page.keyboard.press("/")
    run.page.keyboard.type(address)
    expect(run.page).to_have_url(re.compile(r"q="))
    expect(rows(run.page).first.locator(".cell-address")).to_contain_text(address)
    run.page.keyboard.press("Escape")
    expect(run.page).not_to_have_url(re.compile(r"q="))
    return address


def status_chip_filters(run: Run):
    chip = run.page.get_by_role("group", name="Filter by status").get_by_role("button").first
    chip.click()
    wanted = int(chip.locator(".chip-count").inner_text().replace(",", ""))
    expect(run.page).to_have_url(re.compile(r"status="))
    expect(run.page.get_by_role("grid", name="Cards")).to_have_attribute("aria-rowcount", str(wanted + 1))
    chip.click()


def card_page_has_chart(run: Run):
    with_load = rows(run.page).filter(has=run.page.locator(".cell-load .meter")).first
    name = with_load.locator(".cell-name").inner_text().strip()
    with_load.locator(".cell-name a").click()
    expect(run.page.get_by_role("heading", level=1)).to_have_text(name)
    expect(run.page.locator(".chart canvas").first).to_be_visible()
    expect(run.page.get_by_role("img", name=re.compile(r"last hour"))).to_be_visible(timeout=15_000)
    expect(run.page.get_by_role("region", name="Live values")).to_be_visible()
    run.shot("card")
    return name


def keyboard_opens_a_card(run: Run):
    run.go("cards")
    run.page.get_by_role("grid", name="Cards").focus()
    run.page.keyboard.press("ArrowDown")
    run.page.keyboard.press("Enter")
    expect(run.page).to_have_url(re.compile(r"#/cards/\d+$"))


def select_cards(run: Run) -> int:
    """Ticks cards that a campaign may touch, and leads them to a new campaign."""
    run.page.goto(f"{BASE_URL}/#/cards?generation=CardAgent&status=normal")
    expect(rows(run.page).first).to_be_visible(timeout=60_000)
    wanted = min(UPGRADE_CARDS, rows(run.page).count())
    for index in range(wanted):
        rows(run.page).nth(index).get_by_role("checkbox").check()
    run.page.get_by_role("button", name="Upgrade firmware").click()
    expect(run.page.get_by_text(re.compile(rf"^{wanted} cards? chosen$"))).to_be_visible()
    return wanted


def choose_image(run: Run) -> str:
    images = run.page.get_by_label("Firmware image")
    wanted = os.environ.get("IMAGE", "(CardAgent)")
    option = images.locator("option", has_text=wanted).first
    expect(option).to_be_attached(timeout=10_000)
    images.select_option(value=option.get_attribute("value"))
    return option.inner_text()


def campaign_is_planned(run: Run):
    wanted = select_cards(run)
    image = choose_image(run)
    run.page.get_by_role("button", name="Plan and dry-run").click()
    expect(run.page).to_have_url(re.compile(r"#/campaigns/\d+$"))
    expect(run.page.get_by_role("region", name="Dry run")).to_contain_text(re.compile(r"\d+ cards? ready"), timeout=60_000)
    run.shot("campaign-dry-run")
    return f"{image} to {wanted} cards"


def campaign_is_followed_to_done(run: Run):
    run.page.get_by_role("button", name="Start campaign").click()
    cards = run.page.get_by_role("table", name="Cards of this campaign")
    expect(cards).to_be_visible()
    run.shot("campaign-running")
    state = run.page.locator(".page-head .badge")
    expect(state).to_have_text(re.compile(r"^(Done|Halted|Cancelled)$"), timeout=CAMPAIGN_SECONDS * 1000)
    run.shot("campaign-ended")
    words = cards.locator(".steps-word").all_inner_texts()
    assert state.inner_text() == "Done", f"the campaign is {state.inner_text()}: {words}"
    assert words and all(word == "Done" for word in words), f"not every card is done: {words}"
    return run.page.locator(".campaign-progress .quiet").inner_text()


def no_console_errors(run: Run):
    assert not run.console, "; ".join(run.console[:3])


def nothing_overflows(run: Run):
    """At phone width neither the document nor the page inside it scrolls sideways."""
    run.page.set_viewport_size({"width": 390, "height": 844})
    for path in PAGES:
        run.go(path)
        run.page.wait_for_timeout(250)
        wide = run.page.evaluate(
            "[document.documentElement, document.querySelector('main')].some(e => e.scrollWidth > e.clientWidth)")
        run.shot(f"narrow-{path.replace('/', '-')}")
        assert not wide, f"#/{path} is wider than the window"
    return f"{len(PAGES)} pages"


def sign_out(run: Run):
    run.page.get_by_role("button", name="Sign out").click()
    # The page that is left may have password fields of its own.
    expect(run.page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(run.page.get_by_label("Password")).to_be_visible()


def drive(browser: Browser) -> int:
    run = Run(browser.new_page(viewport={"width": 1440, "height": 900}))
    run.check("a wrong password is refused with a sentence", wrong_password_is_refused)
    if not run.check("login leads to the list", login):
        return run.failures
    run.check("the stream is live", stream_is_live)
    run.check("the list shows the cards with values", list_shows_cards)
    run.check("the values are live", values_are_live)
    run.check("the text filter narrows the list and is in the address", filter_narrows)
    run.check("a status chip shows as many cards as it says", status_chip_filters)
    run.check("a card's page has live values and a chart", card_page_has_chart)
    run.check("the keyboard opens a card", keyboard_opens_a_card)
    check_inventory(run)
    if run.check("a campaign is planned from selected cards", campaign_is_planned):
        run.check("the campaign is followed to done", campaign_is_followed_to_done)
    run.check("no page is wider than a phone", nothing_overflows)
    run.check("the console has no errors", no_console_errors)
    run.check("sign-out leads to the login", sign_out)
    return run.failures


def main() -> int:
    with sync_playwright() as playwright:
        executable = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        try:
            failures = drive(browser)
        finally:
            browser.close()
    print("all checks passed" if failures == 0 else f"{failures} checks failed")
    return 0 if failures == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
