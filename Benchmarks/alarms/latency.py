"""From a trap to the browser: sends traps as cards do, follows the event stream as a browser does, and tells how long it takes.

Each trap raises an alarm that its card has not had: the poll that follows finds no such alarm, and ends it. Run by bin/bench-alarms.
"""

import argparse
import http.client
import json
import socket
import threading
import time

from fleet import Fleet, Table, Web, until

VENDOR = (1, 3, 6, 1, 4, 1, 4555, 1, 1, 7)
# upsTrapAlarmEntryAdded: upsAlarmId and upsAlarmDescr.
ENTRY_ADDED = (*VENDOR, 2, 0, 3)
UPTIME = (1, 3, 6, 1, 2, 1, 1, 3, 0)
TRAP_OID = (1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0)
# Numbers of alarms in the MIB's table that no simulated card has at rest.
ALARMS = [number for number in range(1, 54) if number != 15]
# Seconds after the last trap in which its event may still come.
PATIENCE = 5


def encoded(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < 128:
        return bytes([tag, length]) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(octets)]) + octets + content


def integer(value: int, tag: int = 2) -> bytes:
    return encoded(tag, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def identifier(oid: tuple[int, ...]) -> bytes:
    octets = bytearray([oid[0] * 40 + oid[1]])
    for part in oid[2:]:
        digits = [part & 0x7F]
        while part := part >> 7:
            digits.append(part & 0x7F | 0x80)
        octets += bytes(reversed(digits))
    return encoded(6, bytes(octets))


def trap(request: int, alarm: int) -> bytes:
    """An SNMPv2 trap of the community public: the alarm with this number has come into the table."""

    def binding(name: tuple[int, ...], value: bytes) -> bytes:
        return encoded(0x30, identifier(name) + value)

    bindings = (
        binding(UPTIME, integer(int(time.monotonic() * 100) & 0x7FFFFFFF, tag=0x43))
        + binding(TRAP_OID, identifier(ENTRY_ADDED))
        + binding((*VENDOR, 1, 6, 2, 1, 1, alarm), integer(alarm))
        + binding((*VENDOR, 1, 6, 2, 1, 2, alarm), identifier((*VENDOR, 1, 6, 3, alarm)))
    )
    pdu = encoded(0xA7, integer(request) + integer(0) + integer(0) + encoded(0x30, bindings))
    return encoded(0x30, integer(1) + encoded(4, b"public") + pdu)


class Stream(threading.Thread):
    """GET /stream: when each event came."""

    def __init__(self, fleet: Fleet) -> None:
        super().__init__(daemon=True)
        self.connection = http.client.HTTPConnection(fleet.address)
        self.connection.request("GET", "/api/v1/stream", headers=fleet.headers | {"Accept": "text/event-stream"})
        self.answer = self.connection.getresponse()
        if self.answer.status != 200:
            raise SystemExit(f"The stream is refused: {self.answer.status}")
        self.alarms: list[tuple[float, dict]] = []
        self.events = 0
        self.ended = False

    def run(self) -> None:
        text = b""
        while data := self.answer.read1(1 << 18):
            now = time.monotonic()
            *blocks, text = (text + data).split(b"\n\n")
            for block in blocks:
                self.take(block.decode("utf-8", "replace"), now)
        self.ended = True

    def take(self, block: str, now: float) -> None:
        fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
        if "data" not in fields:
            return
        self.events += 1
        if fields.get("event") == "alarm":
            self.alarms.append((now, json.loads(fields["data"])))


class Latency:
    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.fleet = Fleet(options.server, options.password)
        self.table = Table()

    def prepare(self) -> None:
        cards = Web(self.options.control).json("GET", "/cards")
        self.addresses = [card["address"] for card in cards]
        self.fleet.enrol(self.addresses, [f"Site {index % 4 + 1}" for index in range(len(cards))], secure=False)
        until("all cards have been read", 60, lambda: self.fleet.metrics().get('nvfleet_cards{status="normal"}') == len(cards))
        self.ids = {card["address"]: card["id"] for card in self.fleet.items("/cards")}
        self.sockets = {}
        for address in self.addresses:
            self.sockets[address] = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self.sockets[address].bind((address, 0))

    def send(self) -> dict[int, list[float]]:
        """Each card in turn, with another alarm each time. When each card's traps left."""
        sent: dict[int, list[float]] = {self.ids[address]: [] for address in self.addresses}
        host, port = self.options.traps.rsplit(":", 1)
        start = time.monotonic()
        for number in range(self.options.rate * self.options.seconds):
            time.sleep(max(0, start + number / self.options.rate - time.monotonic()))
            address = self.addresses[number % len(self.addresses)]
            alarm = ALARMS[number // len(self.addresses)]
            datagram = trap(number + 1, alarm)
            sent[self.ids[address]].append(time.monotonic())
            self.sockets[address].sendto(datagram, (host, int(port)))
        return sent

    def run(self) -> bool:
        self.prepare()
        stream = Stream(self.fleet)
        stream.start()
        sent = self.send()
        time.sleep(PATIENCE)
        came: dict[int, list[tuple[float, str]]] = {card: [] for card in sent}
        for at, event in stream.alarms:
            # An alarm that comes again is not one that the trap has raised.
            if event["active"] and event["card"] in came and event["name"] not in {name for _, name in came[event["card"]]}:
                came[event["card"]].append((at, event["name"]))
        latencies = []
        for card, times in sent.items():
            arrivals = [at for at, _ in came[card]]
            for index, left in enumerate(times):
                following = times[index + 1] if index + 1 < len(times) else float("inf")
                latencies += [(at - left) * 1000 for at in arrivals if left <= at < following][:1]
        count = sum(len(times) for times in sent.values())
        latencies.sort()
        self.table.note("traps", f"{count} in {self.options.seconds} s, at {len(sent)} cards")
        self.table.note("events of all kinds on the stream", stream.events)
        self.table.bar("traps without an event of their alarm", count - len(latencies), "0", count == len(latencies))
        if latencies:
            self.table.note("trap to event, median, ms", f"{self.part(latencies, 0.5):.1f}")
            worst = self.part(latencies, 0.99)
            self.table.bar("trap to event, 99 % within, ms", f"{worst:.1f}", "< 200", worst < 200)
            self.table.note("trap to event, slowest, ms", f"{latencies[-1]:.1f}")
        self.table.bar("the stream is cut", "yes" if stream.ended else "no", "no", not stream.ended)
        self.table.show()
        return self.table.holds

    @staticmethod
    def part(values: list[float], share: float) -> float:
        return values[min(len(values) - 1, int(len(values) * share))]


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("server", "password", "control", "traps"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--rate", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=30)
    raise SystemExit(0 if Latency(parser.parse_args()).run() else 1)


if __name__ == "__main__":
    main()
