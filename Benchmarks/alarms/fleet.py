"""A FleetServer and a farm of cards, as the measurements of alarms need them: HTTP with kept connections, and what processes take."""

import http.client
import json
import os
import threading
import time
from collections.abc import Callable, Iterator

USER = "bench"
PASSWORD = "eight-or-more"
AUTHENTICATION = "SHA"
PRIVACY = "AES"


class Refused(Exception):
    """An answer that is none of the two-hundreds."""


class Web:
    """Requests to one server, one after the other."""

    def __init__(self, address: str, headers: dict[str, str] | None = None) -> None:
        self.address = address
        self.headers = headers or {}
        self.connection = http.client.HTTPConnection(address, timeout=60)

    def call(self, method: str, path: str, body: object = None, content_type: str = "application/json") -> bytes:
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        headers = self.headers | ({"Content-Type": content_type} if data is not None else {})
        try:
            self.connection.request(method, path, data, headers)
            answer = self.connection.getresponse()
        except (ConnectionError, http.client.RemoteDisconnected):
            # The server ends connections that were idle for long.
            self.connection.close()
            self.connection.request(method, path, data, headers)
            answer = self.connection.getresponse()
        text = answer.read()
        if not 200 <= answer.status < 300:
            raise Refused(f"{method} {path}: {answer.status} {text[:400].decode('utf-8', 'replace')}")
        return text

    def json(self, method: str, path: str, body: object = None, content_type: str = "application/json") -> dict:
        text = self.call(method, path, body, content_type)
        return json.loads(text) if text else {}


class Fleet(Web):
    """FleetServer's API, logged in."""

    def __init__(self, address: str, password: str) -> None:
        super().__init__(address)
        token = self.json("POST", "/api/v1/session", {"username": "admin", "password": password})["token"]
        self.headers = {"Authorization": f"Bearer {token}"}

    def items(self, path: str) -> Iterator[dict]:
        """All items of a list, page by page."""
        separator = "&" if "?" in path else "?"
        cursor = ""
        while True:
            page = self.json("GET", f"/api/v1{path}{separator}limit=500{cursor}")
            yield from page["items"]
            if not page.get("next"):
                return
            cursor = f"&cursor={page['next']}"

    def enrol(self, addresses: list[str], sites: list[str], secure: bool) -> None:
        """Takes cards into the inventory, each with its site, to be read by SNMPv3 or by version 2c."""
        header = "address,site,snmp_version,user,auth_protocol,auth_password,privacy_protocol,privacy_password"
        access = f"3,{USER},{AUTHENTICATION},{PASSWORD},{PRIVACY},{PASSWORD}" if secure else "2c,,,,,"
        lines = [f"{address},{site},{access}" for address, site in zip(addresses, sites, strict=True)]
        answer = self.json("POST", "/api/v1/cards/import", "\n".join([header, *lines, ""]).encode(), "text/csv")
        if answer["added"] != len(addresses):
            raise Refused(f"{answer['added']} of {len(addresses)} cards were taken: {answer['items'][:1]}")

    def metrics(self) -> dict[str, float]:
        """The values of /metrics, by name and labels."""
        lines = self.call("GET", "/metrics").decode().splitlines()
        pairs = (line.rsplit(" ", 1) for line in lines if line and not line.startswith("#"))
        return {name: float(value) for name, value in pairs}

    def traps_heard(self) -> int:
        return int(sum(value for name, value in self.metrics().items() if name.startswith("nvfleet_traps_received_total")))

    def traps_dropped(self) -> int:
        return int(sum(value for name, value in self.metrics().items() if name.startswith("nvfleet_traps_dropped_total")))


def until(what: str, seconds: float, ask: Callable[[], bool], every: float = 0.5) -> None:
    """Waits until `ask` says yes; else ends the measurement."""
    end = time.monotonic() + seconds
    while not ask():
        if time.monotonic() > end:
            raise SystemExit(f"Waited in vain for {seconds:.0f} s: {what}.")
        time.sleep(every)


class ProcessWatch(threading.Thread):
    """Memory and processor time of a process, looked at each second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.samples: list[tuple[float, int, float]] = []

    def run(self) -> None:
        tick = os.sysconf("SC_CLK_TCK")
        page = os.sysconf("SC_PAGE_SIZE")
        while True:
            try:
                with open(f"/proc/{self.pid}/stat", encoding="utf-8") as stat:
                    fields = stat.read().rsplit(")", 1)[1].split()
                with open(f"/proc/{self.pid}/statm", encoding="utf-8") as statm:
                    resident = int(statm.read().split()[1]) * page
            except OSError:
                return
            self.samples.append((time.monotonic(), resident, (int(fields[11]) + int(fields[12])) / tick))
            time.sleep(1)

    def between(self, start: float, end: float) -> tuple[float, float, float]:
        """Most MB, cores on average, cores in the busiest second."""
        chosen = [sample for sample in self.samples if start - 1 <= sample[0] <= end + 1]
        if len(chosen) < 2:
            return (0, 0, 0)
        rates = [(b[2] - a[2]) / (b[0] - a[0]) for a, b in zip(chosen, chosen[1:])]
        mean = (chosen[-1][2] - chosen[0][2]) / (chosen[-1][0] - chosen[0][0])
        return (max(sample[1] for sample in chosen) / 1e6, mean, max(rates))


class Table:
    """What was found, beside what it has to be."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str, bool | None]] = []

    def bar(self, what: str, found: object, bar: str, holds: bool) -> None:
        self.rows.append((what, str(found), bar, holds))

    def note(self, what: str, found: object) -> None:
        self.rows.append((what, str(found), "", None))

    @property
    def holds(self) -> bool:
        return all(row[3] is not False for row in self.rows)

    def show(self) -> None:
        print("\n| | found | bar | |\n|---|--:|--:|---|")
        for what, found, bar, holds in self.rows:
            print(f"| {what} | {found} | {bar} | {'' if holds is None else 'yes' if holds else '**MISSED**'} |")
        print(flush=True)
