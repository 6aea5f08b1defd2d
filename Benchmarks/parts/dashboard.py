"""How soon the dashboard shows cards: `dashboard.py URL HEADERS` prints `rows=MS`, the median of five loads."""

import statistics
import sys
import time

from playwright.sync_api import sync_playwright

LOADS = 5


def main() -> None:
    base, headers = sys.argv[1:]
    with open(headers, encoding="utf-8") as lines:
        token = lines.read().split()[-1]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": "nvfleet_session", "value": token, "url": base}])
        times = []
        for _ in range(LOADS + 1):
            page = context.new_page()
            start = time.monotonic()
            page.goto(f"{base}/#/cards")
            page.get_by_role("grid", name="Cards").locator("[role=row][id]").first.wait_for(state="visible", timeout=60_000)
            times.append((time.monotonic() - start) * 1000)
            page.close()
        # The first one fills the browser's cache.
        print(f"rows={statistics.median(times[1:]):.0f} first={times[0]:.0f}")
        browser.close()


main()
