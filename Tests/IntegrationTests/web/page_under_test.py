"""What the checks of the dashboard share: the page under test, its list, and where the server is."""
import os
import re
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Error, Page, expect

BASE_URL = os.environ["BASE_URL"].rstrip("/")
SCREENSHOTS = os.environ.get("SCREENSHOTS")


class Run:
    """The page under test, what its console said, and how many checks failed."""

    def __init__(self, page: Page):
        self.page = page
        self.failures = 0
        self.console: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.console.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        # Asking who is signed in is answered 401 when nobody is: the browser reports that by itself.
        is_first_question = "401" in message.text and message.location.get("url", "").endswith("/api/v1/session")
        if message.type == "error" and not is_first_question:
            self.console.append(message.text)

    def check(self, name: str, body) -> bool:
        """Runs one check; a failed one is told and counted, and the next goes on."""
        try:
            detail = body(self)
        except (AssertionError, Error) as error:
            self.failures += 1
            first = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
            print(f"FAIL {name}: {first}", flush=True)
            self.shot(f"failed-{re.sub('[^a-z0-9]+', '-', name.lower())}")
            return False
        print(f"ok   {name}{f': {detail}' if detail else ''}", flush=True)
        return True

    def go(self, path: str) -> None:
        self.page.goto(f"{BASE_URL}/#/{path}")
        expect(self.page.locator("main h1").first).to_be_visible()

    def shot(self, name: str) -> None:
        if SCREENSHOTS:
            Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{SCREENSHOTS}/{name}.png")


def rows(page: Page):
    return page.get_by_role("grid", name="Cards").locator("[role=row][id]")


def sign_in(run: Run, username: str, password: str) -> None:
    run.page.get_by_label("User name").fill(username)
    run.page.get_by_label("Password").fill(password)
    run.page.get_by_role("button", name="Sign in").click()
