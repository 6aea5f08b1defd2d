#!/usr/bin/env python3
"""Drives the alarm pages of the dashboard in a real Chromium against a running FleetServer that polls cards.

A rule that every UPS fulfils raises the alarms, so no card has to fail.

Environment:
  BASE_URL, USER, PASSWORD   where, and as whom (an admin)
  UPS_CARDS                  cards whose load is measured (default 2)
  SCREENSHOTS                directory for screenshots (default: none are made)
  CHROMIUM                   the browser (default /usr/bin/chromium)

Prints one line for each check; exits with 1 if one failed.
"""
import os
import re
import sys
import threading
from http.server import ThreadingHTTPServer

from playwright.sync_api import Browser, Locator, expect, sync_playwright

from inventory_checks import dialog, submit
from notification_checks import (
    Receiver, a_maintenance_window_is_kept, a_route_says_who_would_be_told, a_test_shows_what_the_far_end_said, secrets_are_never_shown,
)
from page_under_test import BASE_URL, Run, sign_in

UPS_CARDS = int(os.environ.get("UPS_CARDS", "2"))
PAGES = [
    "alarms", "alarms?state=all", "incidents", "incidents?state=all", "rules", "rules/yaml", "notifications", "notifications/channels", "notifications/routes",
    "notifications/windows", "discover/receivers",
]
RULE = "web-load"
TITLE = "Load is measured"
VIEWER = "looker"
VIEWER_PASSWORD = "look-but-do-not-touch"


def alarm_rows(run: Run) -> Locator:
    return run.page.get_by_role("grid", name="Alarms").locator("[role=row][id]")


def waiting(run: Run) -> int:
    """The number at the menu's entry; 0 where there is none."""
    badge = run.page.get_by_role("navigation", name="Main").locator(".menu-count")
    return 0 if badge.count() == 0 else int(re.sub(r"\D.*", "", badge.inner_text()))


def a_rule_is_tried_and_saved(run: Run):
    run.go("rules")
    run.page.get_by_role("button", name="Add a rule").click()
    form = dialog(run)
    form.get_by_label("Name", exact=True).fill("no blanks allowed")
    expect(form.get_by_role("button", name="Save rule")).to_be_disabled()
    form.get_by_label("Name", exact=True).fill(RULE)
    form.get_by_label("Title").fill(TITLE)
    form.get_by_label("Severity").select_option("critical")
    form.get_by_label("Limit").fill("-1")
    form.get_by_label("For at least").fill("")
    form.get_by_role("button", name="Dry-run on the last 30 days").click()
    expect(form.get_by_text(re.compile("Would (not )?have fired"))).to_be_visible(timeout=30_000)
    told = form.get_by_text(re.compile("Would (not )?have fired")).inner_text()
    run.shot("alarms-rule")
    submit(run, "Save rule")
    rule = run.page.get_by_role("row", name=re.compile(RULE))
    expect(rule).to_contain_text("ups.load above -1")
    return told


def faults_are_told_at_their_lines(run: Run):
    run.go("rules/yaml")
    text = run.page.get_by_label("Text", exact=True)
    expect(text).to_have_value(re.compile(RULE))
    good = text.input_value()
    line = next(number for number, each in enumerate(good.splitlines(), 1) if "threshold" in each)
    text.fill(good.replace("above:", "abov:"))
    expect(run.page.get_by_role("button", name="Import", exact=True)).to_be_disabled()
    run.page.get_by_role("button", name="Check", exact=True).click()
    fault = run.page.get_by_role("button", name=f"Line {line}", exact=True)
    expect(fault).to_be_visible()
    run.shot("alarms-yaml-fault")
    # The browser reports the refusal too, rightly.
    run.console = [each for each in run.console if not re.search("400|422", each)]
    fault.click()
    assert text.evaluate("e => e.value.slice(e.selectionStart, e.selectionEnd)").strip().startswith("threshold"), "another line is shown"
    text.fill(good)
    run.page.get_by_role("button", name="Check", exact=True).click()
    expect(run.page.get_by_text("Nothing has been changed yet")).to_be_visible()
    run.page.get_by_role("button", name="Import", exact=True).click()
    expect(run.page.get_by_text(re.compile(r"\d+ unchanged"))).to_be_visible()


def alarms_come_by_themselves(run: Run):
    run.go(f"alarms?name=rule%3A{RULE}")
    for _ in range(300):
        if alarm_rows(run).count() >= UPS_CARDS:
            break
        run.page.wait_for_timeout(200)
    assert alarm_rows(run).count() >= UPS_CARDS, f"{alarm_rows(run).count()} alarms instead of {UPS_CARDS}"
    expect(alarm_rows(run).first).to_contain_text(TITLE)
    expect(alarm_rows(run).first).to_contain_text("Raised")
    for _ in range(50):
        if waiting(run) >= UPS_CARDS:
            break
        run.page.wait_for_timeout(200)
    assert waiting(run) >= UPS_CARDS, f"the menu says {waiting(run)}"
    run.shot("alarms")
    return f"{alarm_rows(run).count()} alarms"


def the_filter_is_in_the_address(run: Run):
    run.go("alarms")
    run.page.keyboard.press("/")
    run.page.keyboard.type(TITLE)
    expect(run.page).to_have_url(re.compile("q="))
    expect(alarm_rows(run).first).to_contain_text(TITLE)
    chip = run.page.get_by_role("group", name="Filter by severity").get_by_role("button", name=re.compile("Critical"))
    chip.click()
    expect(run.page).to_have_url(re.compile("severity=critical"))
    run.page.reload()
    expect(chip).to_have_attribute("aria-pressed", "true")
    run.page.get_by_role("searchbox").first.press("Escape")
    expect(run.page).not_to_have_url(re.compile("q="))


def an_alarm_is_acknowledged_and_commented(run: Run):
    run.go(f"alarms?name=rule%3A{RULE}")
    run.page.get_by_role("grid", name="Alarms").focus()
    run.page.keyboard.press("ArrowDown")
    run.page.keyboard.press("Enter")
    expect(run.page).to_have_url(re.compile(r"#/alarms/\d+$"))
    expect(run.page.get_by_role("heading", level=1)).to_have_text(TITLE)
    timeline = run.page.get_by_role("list", name="What happened")
    expect(timeline).to_contain_text("Raised")
    run.page.get_by_role("button", name="Acknowledge…").click()
    dialog(run).get_by_label("Comment").fill("On the way")
    submit(run, "Acknowledge")
    expect(timeline).to_contain_text("On the way")
    expect(timeline).to_contain_text(f"by {os.environ['USER']}")
    run.page.get_by_label("Comment").fill("Found it")
    run.page.get_by_role("button", name="Add comment").click()
    expect(timeline).to_contain_text("Found it")
    run.shot("alarm")
    run.page.get_by_role("button", name="Withdraw acknowledgement").click()
    expect(run.page.get_by_role("button", name="Acknowledge…")).to_be_visible()


def an_alarm_is_shelved_with_an_end(run: Run):
    run.page.get_by_role("button", name="Shelve…").click()
    expect(dialog(run).get_by_role("button", name="Shelve", exact=True)).to_be_disabled()
    dialog(run).get_by_label("Reason").fill("Battery is replaced")
    submit(run, "Shelve")
    expect(run.page.get_by_text("Shelved until")).to_be_visible()
    url = run.page.url
    run.go(f"alarms?name=rule%3A{RULE}&shelved=true")
    expect(alarm_rows(run)).to_have_count(1)
    run.page.goto(url)
    run.page.get_by_role("button", name="Unshelve").click()
    expect(run.page.get_by_role("button", name="Shelve…")).to_be_visible()


def many_are_acknowledged_at_once(run: Run):
    run.go(f"alarms?name=rule%3A{RULE}&state=raised")
    expect(alarm_rows(run).first).to_be_visible()
    before = alarm_rows(run).count()
    run.page.get_by_label("Select all raised alarms shown").check()
    run.page.get_by_role("region", name="Selected alarms").get_by_role("button", name="Acknowledge…").click()
    submit(run, "Acknowledge")
    expect(run.page.get_by_text("No alarm matches the filter.")).to_be_visible(timeout=15_000)
    return f"{before} alarms"


def an_incident_has_members_and_a_timeline(run: Run):
    run.go("incidents?state=all")
    first = run.page.locator(".incident h2 a").first
    expect(first).to_be_visible(timeout=30_000)
    first.click()
    expect(run.page).to_have_url(re.compile(r"#/incidents/\d+$"))
    expect(run.page.get_by_role("table", name="Members").get_by_role("row").nth(1)).to_be_visible()
    expect(run.page.get_by_role("list", name="What happened").get_by_role("listitem").first).to_be_visible()
    run.page.get_by_label("Comment").fill("Seen")
    run.page.get_by_role("button", name="Add comment").click()
    expect(run.page.get_by_role("list", name="What happened")).to_contain_text("Seen")
    run.shot("incident")


def receivers_are_told(run: Run):
    run.go("discover/receivers")
    expect(run.page.get_by_role("table", name="Receivers").get_by_role("row", name=re.compile("SNMP traps"))).to_contain_text(re.compile("Listening|Not open|Off"))
    expect(run.page.get_by_role("region", name="Unknown senders")).to_be_visible()
    run.shot("receivers")


def a_card_tells_its_alarms_and_events(run: Run):
    run.go(f"alarms?name=rule%3A{RULE}")
    alarm_rows(run).first.locator(".cell-card a").click()
    expect(run.page).to_have_url(re.compile(r"#/cards/\d+$"))
    panel = run.page.get_by_role("region", name="Alarms")
    expect(panel.get_by_role("link", name=TITLE)).to_be_visible()
    expect(panel).to_contain_text("acknowledged by")
    events = run.page.get_by_role("region", name="Events")
    expect(events.get_by_role("list", name="What happened to the card")).to_contain_text(TITLE)
    events.get_by_role("button", name="Messages").click()
    expect(events.get_by_role("list", name="What the card has sent")).to_be_attached()
    run.shot("card-alarms")


def alarms_go_when_the_rule_is_off(run: Run):
    run.go("rules")
    run.page.get_by_role("button", name=f"Turn {RULE} off").click()
    expect(run.page.get_by_role("button", name=f"Turn {RULE} on")).to_be_visible()
    run.go(f"alarms?name=rule%3A{RULE}")
    expect(run.page.get_by_text(re.compile("No alarm (matches the filter|stands)"))).to_be_visible(timeout=60_000)
    run.page.get_by_role("button", name="Cleared", exact=True).click()
    expect(alarm_rows(run).first).to_contain_text("Cleared")


def nothing_overflows(run: Run):
    """Neither the document nor the page inside it scrolls sideways."""
    for path in PAGES:
        run.go(path)
        run.page.wait_for_timeout(250)
        wide = run.page.evaluate("[document.documentElement, document.querySelector('main')].some(e => e.scrollWidth > e.clientWidth)")
        run.shot(f"narrow-{re.sub('[^a-z]+', '-', path)}")
        assert not wide, f"#/{path} is wider than the window"
    return f"{len(PAGES)} pages"


def no_console_errors(run: Run):
    assert not run.console, f"the console said: {run.console[:3]}"


def who_only_looks_has_no_buttons(run: Run, browser: Browser):
    status = run.page.evaluate(
        """async ([name, password]) => (await fetch("/api/v1/users", {
             method: "POST", headers: {"Content-Type": "application/json", "X-NVFleet-Request": "1"},
             body: JSON.stringify({username: name, password, role: "viewer"})})).status""", [VIEWER, VIEWER_PASSWORD])
    assert status == 201, f"the user was not made: {status}"
    other = Run(browser.new_page(viewport={"width": 1440, "height": 900}))
    other.page.goto(BASE_URL)
    sign_in(other, VIEWER, VIEWER_PASSWORD)
    expect(other.page.get_by_role("navigation", name="Main")).to_be_visible()
    buttons = re.compile("Acknowledge…|Shelve…|Unshelve|Withdraw|Clear…|Add |Edit|Delete|Dry-run|Retry|Preview|Check|Import|Turn |Forget|Test")
    for path in PAGES:
        other.go(path)
        other.page.wait_for_timeout(250)
        found = [each for each in other.page.locator("main").get_by_role("button").all_inner_texts() if buttons.match(each)]
        assert not found, f"#/{path} has {found}"
    assert other.page.locator("main input[type=checkbox]").count() == 0, "a viewer can tick"
    other.page.close()


def main_checks(run: Run, browser: Browser, port: int) -> None:
    run.check("a rule is tried on the history, and saved", a_rule_is_tried_and_saved)
    run.check("faults of the YAML are told at their lines", faults_are_told_at_their_lines)
    if run.check("alarms come by themselves, and the menu counts them", alarms_come_by_themselves):
        run.check("the filter is in the address", the_filter_is_in_the_address)
        if run.check("an alarm is acknowledged and commented", an_alarm_is_acknowledged_and_commented):
            run.check("an alarm is shelved with an end", an_alarm_is_shelved_with_an_end)
        run.check("many are acknowledged at once", many_are_acknowledged_at_once)
        run.check("an incident has members and a timeline", an_incident_has_members_and_a_timeline)
        run.check("a card tells its alarms and events", a_card_tells_its_alarms_and_events)
    if run.check("a channel's test shows what the far end said", lambda run: a_test_shows_what_the_far_end_said(run, port)):
        run.check("a channel's secrets are never shown", lambda run: secrets_are_never_shown(run, port))
        run.check("a route says who would be told", a_route_says_who_would_be_told)
    run.check("a maintenance window is kept", a_maintenance_window_is_kept)
    run.check("receivers are told", receivers_are_told)
    run.check("alarms go when the rule is turned off", alarms_go_when_the_rule_is_off)
    run.check("who only looks has no buttons", lambda run: who_only_looks_has_no_buttons(run, browser))
    run.check("the console has no errors", no_console_errors)
    run.page.set_viewport_size({"width": 390, "height": 844})
    run.check("no page is wider than a phone", nothing_overflows)


def drive(browser: Browser, port: int) -> int:
    run = Run(browser.new_page(viewport={"width": 1440, "height": 900}))
    run.page.goto(BASE_URL)
    sign_in(run, os.environ["USER"], os.environ["PASSWORD"])
    expect(run.page.locator(".link-indicator")).to_have_text("Live", timeout=15_000)
    main_checks(run, browser, port)
    return run.failures


def main() -> int:
    receiver = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        executable = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        try:
            failures = drive(browser, receiver.server_address[1])
        finally:
            browser.close()
            receiver.shutdown()
    print("all checks passed" if failures == 0 else f"{failures} checks failed")
    return 0 if failures == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
