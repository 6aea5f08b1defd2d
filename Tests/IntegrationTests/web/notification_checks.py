"""Checks of the notification pages: channels with a far end of our own, routes, maintenance windows."""
import re
from http.server import BaseHTTPRequestHandler

from playwright.sync_api import expect

from inventory_checks import dialog, submit
from page_under_test import Run


class Receiver(BaseHTTPRequestHandler):
    """A webhook's far end: takes what comes to /good, and refuses the rest with a sentence."""
    taken: list[bytes] = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        is_good = self.path == "/good"
        if is_good:
            Receiver.taken.append(body)
        answer = b"thank you" if is_good else b"invalid_token"
        self.send_response(200 if is_good else 403)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments):
        pass


def add_webhook(run: Run, name: str, url: str) -> None:
    run.go("notifications/channels")
    run.page.get_by_role("button", name="Add a channel").click()
    dialog(run).get_by_label("Name", exact=True).fill(name)
    dialog(run).get_by_label("Kind").select_option("webhook")
    dialog(run).get_by_label("URL").fill(url)
    submit(run, "Store channel")


def a_test_shows_what_the_far_end_said(run: Run, port: int):
    add_webhook(run, "Good hook", f"http://127.0.0.1:{port}/good")
    add_webhook(run, "Bad hook", f"http://127.0.0.1:{port}/bad")
    for name, word, answer in [("Good hook", "Delivered", "thank you"), ("Bad hook", "Not delivered", "invalid_token")]:
        run.page.get_by_role("button", name=f"Test {name}").click()
        dialog(run).get_by_role("button", name="Send a test").click()
        expect(dialog(run).locator(".badge")).to_have_text(word, timeout=40_000)
        expect(dialog(run).locator(".literal")).to_contain_text(answer)
        run.shot(f"channel-test-{word.lower().replace(' ', '-')}")
        dialog(run).get_by_role("button", name="Close").last.click()
    assert Receiver.taken, "the receiver got nothing"


def secrets_are_never_shown(run: Run, port: int):
    run.go("notifications/channels")
    run.page.reload()
    run.page.get_by_role("button", name="Edit Good hook").click()
    expect(dialog(run).get_by_label("URL")).to_have_value("")
    assert f"{port}/good" not in run.page.content(), "the address is in the page"
    # What is not typed again stays.
    submit(run, "Store channel")
    run.page.get_by_role("button", name="Test Good hook").click()
    dialog(run).get_by_role("button", name="Send a test").click()
    expect(dialog(run).locator(".badge")).to_have_text("Delivered", timeout=40_000)
    dialog(run).get_by_role("button", name="Close").last.click()


def a_route_says_who_would_be_told(run: Run):
    run.go("notifications/routes")
    run.page.get_by_role("button", name="Add a route").click()
    dialog(run).get_by_label("Name", exact=True).fill("Critical ones")
    dialog(run).get_by_label("At least").select_option("critical")
    dialog(run).get_by_role("group", name="Tell these channels").get_by_label("Good hook").check()
    dialog(run).get_by_role("button", name="Add a step").click()
    dialog(run).get_by_role("group", name="without acknowledgement tell").get_by_label("Bad hook").check()
    dialog(run).get_by_label("Hold what is less grave").check()
    run.shot("route")
    submit(run, "Save route")
    expect(run.page.get_by_role("row", name=re.compile("Critical ones"))).to_contain_text("after 15")
    run.page.get_by_role("button", name="Preview").click()
    told = run.page.get_by_role("table", name="Who would be told")
    expect(told.get_by_role("row", name=re.compile("Good hook"))).to_be_visible()
    expect(told.get_by_role("row", name=re.compile("Bad hook"))).to_contain_text("Escalation")
    run.shot("routes")


def a_maintenance_window_is_kept(run: Run):
    run.go("notifications/windows")
    run.page.get_by_role("button", name="Add a window").click()
    dialog(run).get_by_label("Name", exact=True).fill("Weekly test")
    dialog(run).get_by_label("At these sites").fill("Nowhere")
    dialog(run).get_by_label("When").select_option("weekly")
    dialog(run).get_by_label("Sun").check()
    submit(run, "Save window")
    expect(run.page.get_by_role("row", name=re.compile("Weekly test"))).to_contain_text("Sun 02:00–04:00")
    run.shot("windows")
