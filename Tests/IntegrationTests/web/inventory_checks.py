"""Checks of what orders the fleet and brings cards into it: sites, tags, groups, credentials, discovery, import; and of a card's panels."""
import os
import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from page_under_test import Run, rows

SITE = "Test hall"
GROUP = "Hall cards"


def dialog(run: Run) -> Locator:
    return run.page.get_by_role("dialog")


def submit(run: Run, verb: str) -> None:
    """Presses the dialog's button; it closes when the server has taken what was asked."""
    dialog(run).get_by_role("button", name=verb).click()
    expect(dialog(run)).to_have_count(0, timeout=15_000)


def row_count(run: Run) -> Locator:
    return run.page.get_by_role("grid", name="Cards")


def selected_cards_get_a_site_and_tags(run: Run):
    # A transfer system has no battery, whose charge is looked at later.
    run.go("cards?kind=ups")
    expect(rows(run.page).first).to_be_visible()
    for index in range(2):
        rows(run.page).nth(index).get_by_role("checkbox").check()
    bar = run.page.get_by_role("region", name="Selected cards")
    bar.get_by_role("button", name="Site…").click()
    dialog(run).get_by_label("Site").fill(SITE)
    submit(run, "Set for 2 cards")
    bar.get_by_role("button", name="Tags…").click()
    dialog(run).get_by_label("Tags").fill("floor 2, tested")
    submit(run, "Set for 2 cards")
    bar.get_by_role("button", name="Clear selection").click()
    expect(rows(run.page).locator(".cell-site", has_text=SITE)).to_have_count(2)


def a_filter_becomes_a_group(run: Run):
    run.go("cards")
    narrow = run.page.get_by_role("group", name="Narrow the list")
    narrow.locator("summary", has_text="Site").click()
    narrow.get_by_role("checkbox", name=re.compile(SITE)).check()
    expect(row_count(run)).to_have_attribute("aria-rowcount", "3")
    run.shot("filter-by-site")
    run.page.keyboard.press("Escape")
    narrow.get_by_role("button", name="Save as group").click()
    dialog(run).get_by_label("Name").fill(GROUP)
    dialog(run).get_by_label("Own polling intervals").check()
    dialog(run).get_by_label("Status, every").fill("5")
    dialog(run).get_by_label("All values, every").fill("15")
    submit(run, "Save group")
    run.go("sites/groups")
    group = run.page.get_by_role("row", name=re.compile(GROUP))
    expect(group).to_contain_text(f"site {SITE}")
    expect(group).to_contain_text("status every 5")
    run.shot("groups")
    group.get_by_role("link", name=GROUP).click()
    expect(row_count(run)).to_have_attribute("aria-rowcount", "3")


def a_site_tells_of_its_cards(run: Run):
    run.go("sites")
    site = run.page.get_by_role("listitem").filter(has=run.page.get_by_role("link", name=SITE))
    expect(site).to_contain_text("2 cards")
    run.shot("sites")
    run.go("sites/tags")
    expect(run.page.get_by_role("row", name=re.compile("floor 2"))).to_contain_text("2")


def a_card_tells_how_it_is_polled(run: Run):
    run.page.goto(f"{run.page.url.split('#')[0]}#/cards?{'site=' + SITE.replace(' ', '+')}")
    expect(row_count(run)).to_have_attribute("aria-rowcount", "3")
    rows(run.page).first.locator(".cell-name a").click()
    polling = run.page.get_by_role("region", name="Polling")
    expect(polling).to_contain_text(re.compile(r"\d\sms"), timeout=20_000)
    expect(polling).to_contain_text(f"as the group {GROUP} says")
    polling.get_by_role("button", name="Change…").click()
    dialog(run).get_by_label("Own intervals").check()
    dialog(run).get_by_label("Status, every").fill("7")
    dialog(run).get_by_label("All values, every").fill("21")
    submit(run, "Save")
    expect(polling).to_contain_text("set for this card", timeout=15_000)
    expect(polling).to_contain_text(re.compile(r"status every 7\ss, all values every 21\ss"))
    expect(run.page.get_by_role("region", name="Identity")).to_contain_text(SITE)


def two_metrics_share_a_chart(run: Run):
    history = run.page.get_by_role("region", name="History")
    history.locator("summary").click()
    history.get_by_role("checkbox", name="Battery charge").check()
    run.page.keyboard.press("Escape")
    expect(history.locator(".readout li")).to_have_count(2)
    expect(history.get_by_role("img", name=re.compile("Load .*Battery charge"))).to_be_visible()
    for span in ["24 h", "1 y", "1 h"]:
        history.get_by_role("button", name=span, exact=True).click()
        expect(history.locator(".readout .quiet")).not_to_have_text("Reading the history…")
    with run.page.expect_download() as started:
        history.get_by_role("button", name="CSV").click()
    lines = Path(started.value.path()).read_text().splitlines()
    assert "ups.load" in lines[0] and "battery.charge" in lines[0], f"the CSV begins with {lines[0]}"
    run.shot("card-two-metrics")
    return f"{len(lines) - 1} lines of CSV"


def a_search_is_followed(run: Run):
    run.go("discover")
    run.page.get_by_label("Ranges", exact=True).fill(os.environ.get("CARD_RANGE", "127.0.0.1"))
    run.page.get_by_role("group", name="Methods").get_by_label("SSDP").uncheck()
    run.page.get_by_role("group", name="Methods").get_by_label("BACnet").uncheck()
    run.page.get_by_label("Add found cards").uncheck()
    run.page.get_by_role("button", name="Start search").click()
    expect(run.page).to_have_url(re.compile(r"#/discover/\d+$"))
    shown = run.page.locator(".column-main")
    expect(shown.locator(".badge").first).to_have_text("Done", timeout=30_000)
    run.shot("discovery")
    return shown.get_by_role("status").first.inner_text()


def a_schedule_and_a_rule_are_kept(run: Run):
    run.go("discover/schedules")
    run.page.get_by_role("button", name="Add a schedule").click()
    dialog(run).get_by_label("Name").fill("Nightly")
    dialog(run).get_by_label("Every … minutes").fill("1440")
    dialog(run).get_by_label("Ranges", exact=True).fill("127.0.0.1")
    submit(run, "Save schedule")
    expect(run.page.get_by_role("row", name=re.compile("Nightly"))).to_contain_text("127.0.0.1")
    run.go("discover/rules")
    run.page.get_by_role("button", name="Add a rule").click()
    dialog(run).get_by_label("Name").fill("Laboratory")
    dialog(run).get_by_label("Found in these ranges").fill("10.9.0.0/24")
    dialog(run).get_by_label("Then").select_option("ignore")
    submit(run, "Save rule")
    expect(run.page.get_by_role("row", name=re.compile("Laboratory"))).to_contain_text("in 10.9.0.0/24")
    run.page.get_by_role("button", name="Delete Laboratory").click()
    submit(run, "Delete rule")
    expect(run.page.get_by_text("No rules")).to_be_visible()


def an_import_is_previewed(run: Run):
    run.go("discover/import")
    content = b"address,name,site\n10.99.0.1,Imported 1,Depot\nnonsense,Imported 2,Depot\n10.99.0.3,Imported 3,Depot\n"
    run.page.get_by_label("File").set_input_files({"name": "cards.csv", "mimeType": "text/csv", "buffer": content})
    run.page.get_by_role("button", name="Preview").click()
    lines = run.page.get_by_role("table", name="Lines of the import")
    expect(lines.get_by_role("row", name=re.compile("10.99.0.1"))).to_contain_text("To be added")
    expect(lines.get_by_role("row", name=re.compile("nonsense"))).to_contain_text("Refused")
    expect(run.page.get_by_text("Nothing has been changed yet")).to_be_visible()
    run.shot("import-preview")
    run.page.get_by_role("button", name="Import", exact=True).click()
    expect(run.page.get_by_text(re.compile(r"3 lines: 2 added, 1 refused"))).to_be_visible()


def an_imported_card_is_unknown_not_normal(run: Run):
    """A card that has never answered: no status of a device, a dash for each value, and it can be retired."""
    run.page.goto(f"{run.page.url.split('#')[0]}#/cards?q=10.99.0.1")
    card = rows(run.page).first
    expect(card).to_have_attribute("data-stale", "card")
    expect(card.locator(".badge")).to_have_text(re.compile("Unknown|Unreachable"))
    expect(card.locator(".cell-load")).to_contain_text("–")
    card.locator(".cell-name a").click()
    expect(run.page.get_by_role("region", name="Polling")).to_contain_text(re.compile("Not asked yet|Has never answered"))
    expect(run.page.get_by_role("region", name="Alarms")).to_contain_text("Not known")
    run.shot("card-never-answered")
    run.page.get_by_role("button", name="Retire…").click()
    submit(run, "Retire card")
    expect(run.page).to_have_url(re.compile(r"#/cards$"))


def a_card_takes_the_place_of_a_silent_one(run: Run):
    """As after a swap: the new card has what the old one was given, and the old one can be looked at still."""
    run.go("cards?q=10.99.0.3")
    expect(rows(run.page).first.locator(".badge")).to_have_text("Unreachable", timeout=60_000)
    run.go("cards?kind=ups&status=normal")
    rows(run.page).first.locator(".cell-name a").click()
    identity = run.page.get_by_role("region", name="Identity")
    identity.get_by_role("button", name="Replaces a card…").click()
    dialog(run).get_by_role("radio", name=re.compile("Imported 3")).check()
    run.shot("card-replaces")
    submit(run, "Take its place")
    expect(run.page.get_by_role("heading", level=1)).to_have_text("Imported 3")
    expect(identity).to_contain_text("Depot")
    identity.get_by_role("link", name="Imported 3 (10.99.0.3)").click()
    expect(run.page.locator(".card-title .badge")).to_have_text("Retired")
    expect(run.page.get_by_text("Its place was taken by")).to_have_count(2)
    expect(run.page.get_by_role("button", name="Retire…")).to_have_count(0)
    run.shot("card-retired")
    run.go("cards?q=10.99.0.3")
    expect(run.page.get_by_text("No card matches the filter.")).to_be_visible()


def the_keys_of_a_user_outlive_a_new_name(run: Run):
    run.go("settings/credentials")
    run.page.get_by_role("button", name="Add a set").click()
    dialog(run).get_by_label("Name", exact=True).fill("Users")
    dialog(run).get_by_label("SNMP version").select_option("3")
    dialog(run).get_by_label("SNMP user").fill("nms")
    expect(dialog(run).get_by_role("button", name="Store set")).to_be_disabled()
    dialog(run).get_by_label("Authentication password").fill("laboratory1")
    dialog(run).get_by_label("Privacy password").fill("laboratory2")
    submit(run, "Store set")
    run.page.get_by_role("button", name="Edit Users").click()
    dialog(run).get_by_label("Name", exact=True).fill("Secure")
    submit(run, "Store set")
    expect(run.page.get_by_role("row", name=re.compile("Secure"))).to_contain_text("user nms (SHA-256, AES)")
    run.shot("credentials")
    run.page.get_by_role("button", name="Delete Secure").click()
    submit(run, "Delete set")


def credentials_are_never_shown(run: Run):
    run.go("settings/credentials")
    run.page.get_by_role("button", name="Add a set").click()
    dialog(run).get_by_label("Name", exact=True).fill("Laboratory")
    dialog(run).get_by_label("Read community").fill("s3cret-community")
    dialog(run).get_by_label("Only for these ranges").fill("10.9.0.0/24")
    submit(run, "Store set")
    expect(run.page.get_by_role("row", name=re.compile("Laboratory"))).to_contain_text("10.9.0.0/24")
    run.page.reload()
    run.page.get_by_role("button", name="Edit Laboratory").click()
    expect(dialog(run).get_by_label("Read community")).to_have_value("")
    assert "s3cret-community" not in run.page.content(), "the community is in the page"
    dialog(run).get_by_role("button", name="Cancel").click()


def the_system_tells_of_itself(run: Run):
    run.go("settings")
    expect(run.page.get_by_role("region", name="History store")).to_contain_text("OK")
    expect(run.page.get_by_role("region", name="Server")).to_contain_text("SQLite")
    expect(run.page.locator(".banner")).to_have_count(0)
    run.shot("system")
    run.go("settings/profiles")
    expect(run.page.get_by_role("table", name="Profiles").get_by_role("row").nth(1)).to_be_visible()
    run.go("settings/gateway")
    expect(run.page.get_by_text(re.compile("^Shared port"))).to_be_visible()


def check_inventory(run: Run) -> None:
    if run.check("selected cards get a site and tags", selected_cards_get_a_site_and_tags):
        run.check("a filter becomes a group", a_filter_becomes_a_group)
        run.check("a site tells of its cards", a_site_tells_of_its_cards)
        if run.check("a card tells how it is polled", a_card_tells_how_it_is_polled):
            run.check("two metrics share a chart, and are saved as CSV", two_metrics_share_a_chart)
    run.check("a search is followed", a_search_is_followed)
    run.check("a schedule and a rule are kept", a_schedule_and_a_rule_are_kept)
    if run.check("an import is previewed, then done", an_import_is_previewed):
        run.check("an imported card that never answered is not normal", an_imported_card_is_unknown_not_normal)
        run.check("a card takes the place of a silent one", a_card_takes_the_place_of_a_silent_one)
    run.check("credentials are never shown", credentials_are_never_shown)
    run.check("the keys of an SNMPv3 user outlive a new name of their set", the_keys_of_a_user_outlive_a_new_name)
    run.check("the system tells of itself", the_system_tells_of_itself)
