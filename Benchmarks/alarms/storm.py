"""The mains fail at all cards within a second; some batteries run low; all cards but a few come back. What of it arrives, and what is told?

Run by bin/bench-alarms, which has started the farm, the server and the webhook's far end.
"""

import argparse
import json
import time
from collections import Counter
from dataclasses import dataclass

from fleet import Fleet, ProcessWatch, Table, Web, until

ON_BATTERY = "upsAlarmOnBattery"
LOW_BATTERY = "upsAlarmLowBattery"
# Seconds that a low battery lasts: below the 180 of "low", above the 60 of "imminent stop" as long as the storm goes on.
LOW_RUNTIME = 165


@dataclass
class Message:
    """A message as the webhook's far end got it, and as the server's list of notifications explains it."""

    id: str
    at: float
    kind: str
    site: str | None
    card: int | None


class Storm:
    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.fleet = Fleet(options.server, options.password)
        self.farm = Web(options.control)
        self.numbers = list(range(1, options.cards + 1))
        # Spread over the sites: of each some.
        step = options.cards // options.low
        self.low = [1 + index * step for index in range(options.low)]
        step = options.cards // options.lost
        self.lost = [3 + index * step for index in range(options.lost)]
        assert not set(self.low) & set(self.lost), "choose other numbers of cards"
        self.site_of: dict[int, str] = {}
        self.card_of: dict[int, int] = {}
        self.number_of: dict[int, int] = {}
        self.cards_of_alarms: dict[int | None, int | None] = {}
        self.table = Table()
        self.server_watch = ProcessWatch(options.server_pid)
        self.farm_watch = ProcessWatch(options.farm_pid)

    # Before

    def prepare(self) -> None:
        cards = self.farm.json("GET", "/cards")
        addresses = [card["address"] for card in sorted(cards, key=lambda card: card["number"])]
        each = -(-len(addresses) // self.options.sites)
        sites = [f"Site {index // each + 1:02}" for index in range(len(addresses))]
        print(f"{len(addresses)} cards at {len(set(sites))} sites go into the inventory.", flush=True)
        self.fleet.enrol(addresses, sites, secure=True)
        self.fleet.json("POST", "/api/v1/notifications/channels", json.loads(self.options.channel))
        until("all cards are normal", 120, self.all_are_normal, every=1)
        ids = {card["address"]: card["id"] for card in self.fleet.items("/cards")}
        for number, address, site in zip(self.numbers, addresses, sites, strict=True):
            self.card_of[number] = ids[address]
            self.number_of[ids[address]] = number
            self.site_of[number] = site
        until("what they were called at first is over", 60, lambda: not list(self.fleet.items("/alarms?state=open")), every=2)

    def all_are_normal(self) -> bool:
        return self.fleet.metrics().get('nvfleet_cards{status="normal"}') == len(self.numbers)

    # What is told

    def received(self) -> list[dict]:
        try:
            with open(self.options.messages, encoding="utf-8") as lines:
                return [json.loads(line) for line in lines]
        except FileNotFoundError:
            return []

    def messages(self) -> list[Message]:
        """All that have come, each with what it was about."""
        received = [line for line in self.received() if line["status"] == 200 and line["at"] >= self.began]
        deliveries = {item["messageId"]: item for item in self.fleet.items("/notifications")}
        incidents = {item["id"]: item for item in self.fleet.items("/incidents?state=all")}
        messages = []
        for line in received:
            item = deliveries.get(line["id"], {})
            site = incidents.get(item.get("incident"), {}).get("site")
            messages.append(Message(line["id"], line["at"], item.get("kind", "unknown"), site, self.alarmed(item.get("alarm"))))
        return messages

    def alarmed(self, alarm: int | None) -> int | None:
        """The card that an alarm is of."""
        if alarm is not None and alarm not in self.cards_of_alarms:
            self.cards_of_alarms[alarm] = self.fleet.json("GET", f"/api/v1/alarms/{alarm}")["card"]
        return self.cards_of_alarms.get(alarm)

    def singles(self, messages: list[Message]) -> Counter[int]:
        """How often each card was told of by itself."""
        return Counter(self.number_of.get(message.card or 0, 0) for message in messages if message.kind == "single")

    # The storm

    def mains_fail(self) -> None:
        self.sent_before = self.farm.json("GET", "/traps")["sent"]
        self.heard_before, self.dropped_before = self.fleet.traps_heard(), self.fleet.traps_dropped()
        self.incidents_before = {item["id"] for item in self.fleet.items("/incidents?state=all")}
        self.began, self.start = time.time(), time.monotonic()
        self.farm.json("PUT", "/mains", {"present": False})
        took = time.monotonic() - self.start
        self.table.bar("the mains are gone at all cards after, s", f"{took:.2f}", "≤ 1", took <= 1)

    def alarms_come(self) -> None:
        def count() -> int:
            return sum(1 for _ in self.fleet.items(f"/alarms?state=open&name={ON_BATTERY}"))

        try:
            until("each card's alarm", 30, lambda: count() >= len(self.numbers))
            self.table.note("all alarms are open after, s", f"{time.monotonic() - self.start:.1f}")
        except SystemExit:
            pass
        found = count()
        self.table.bar(f"open alarms {ON_BATTERY}", found, f"= {len(self.numbers)}", found == len(self.numbers))

    def batteries_run_low(self) -> None:
        self.pause_until(20)
        for number in self.low:
            state = self.farm.json("GET", f"/cards/{number}/state")["battery"]
            charge = state["charge"] * LOW_RUNTIME / state["runtime"]
            runtime = self.farm.json("PUT", f"/cards/{number}/battery", {"charge": min(charge, 100)})["battery"]["runtime"]
            # Peukert's law: less than proportional.
            charge *= LOW_RUNTIME / runtime
            self.farm.json("PUT", f"/cards/{number}/battery", {"charge": min(charge, 100)})
        self.low_at = time.time()
        # Trap 1 comes again after a minute.
        self.pause_until(75)

    def pause_until(self, seconds: float) -> None:
        time.sleep(max(0, self.start + seconds - time.monotonic()))

    def during(self) -> None:
        """What is true while the storm goes on."""
        messages = self.messages()
        after = min((message.at - self.began for message in messages), default=float("inf"))
        self.table.bar("first message after, s", f"{after:.1f}", "< 10", after < 10)
        by_site = {site: [message for message in messages if message.site == site] for site in set(self.site_of.values())}
        last = max((min((m.at for m in of_site), default=float("inf")) - self.began for of_site in by_site.values()), default=0)
        self.table.bar("first message of the last site after, s", f"{last:.1f}", "< 10", last < 10)
        most = max(sum(1 for m in of_site if m.kind not in ("single", "singleEnded")) for of_site in by_site.values())
        self.table.bar("messages of a site until the restore, at most", most, "≤ 3", 1 <= most <= 3)
        self.cards_told("cards with a low battery", self.low, self.singles(messages))
        late = [m.at - self.low_at for m in messages if m.kind == "single"]
        self.table.note("the last of them after, s", f"{max(late, default=0):.1f}")

    def cards_told(self, what: str, cards: list[int], singles: Counter[int]) -> None:
        told = sum(1 for number in cards if singles[number] == 1)
        self.table.bar(f"{what}, told by themselves", f"{told} of {len(cards)}", "each once", told == len(cards))

    def mains_return(self) -> None:
        self.restored = time.time()
        for number in self.low:
            self.farm.json("PUT", f"/cards/{number}/battery", {"charge": 100})
        self.farm.json("PUT", "/mains", {"present": True, "cards": [number for number in self.numbers if number not in self.lost]})
        end = time.monotonic() + self.options.patience
        quiet = 0
        while time.monotonic() < end and quiet < 4:
            time.sleep(5)
            messages = self.messages()
            ended = {message.site for message in messages if message.kind == "ended"}
            singles = self.singles(messages)
            # Then some time for what should not come.
            quiet += ended == set(self.site_of.values()) and all(singles[number] for number in self.lost)

    def afterwards(self) -> None:
        messages = self.messages()
        singles = self.singles(messages)
        sites = sorted(set(self.site_of.values()))
        ended = Counter(message.site for message in messages if message.kind == "ended")
        once = sum(1 for site in sites if ended[site] == 1)
        self.table.bar("sites with one message of their restore", f"{once} of {len(sites)}", "all", once == len(sites))
        last = max((message.at - self.restored for message in messages if message.kind == "ended"), default=0)
        self.table.note("the last of them after, s", f"{last:.0f}")
        self.cards_told("cards that did not return", self.lost, singles)
        others = sum(count for number, count in singles.items() if number not in set(self.low) | set(self.lost))
        self.table.bar("other messages of single cards", others, "0", others == 0)
        repeated = sum(count - 1 for count in Counter(message.id for message in messages).values())
        self.table.bar("messages that came twice", repeated, "0", repeated == 0)
        incidents = [item for item in self.fleet.items("/incidents?state=all") if item["id"] not in self.incidents_before]
        by_site = Counter(item["site"] for item in incidents)
        most = max(by_site.values(), default=0)
        self.table.bar("incidents of a site, at most", most, "1", most == 1 and set(by_site) == set(sites))
        for item in incidents:
            if by_site[item["site"]] > 1:
                print(f"  {item['site']}: {item['cause']}: {item['title']} ({item['cards']} cards)")
        kinds = Counter(message.kind for message in messages)
        self.table.note("messages in all", f"{len(messages)}: {', '.join(f'{kind} {count}' for kind, count in sorted(kinds.items()))}")

    def traps(self) -> None:
        totals = self.farm.json("GET", "/traps")
        sent = totals["sent"] - self.sent_before
        heard = self.fleet.traps_heard() - self.heard_before
        dropped = self.fleet.traps_dropped() - self.dropped_before
        self.table.note("traps sent", sent)
        self.table.note("traps that the cards merged or did not send", f"{totals['merged']}, {totals['dropped']}")
        self.table.bar("traps lost", sent - heard, "0", sent == heard and dropped == 0)

    def run(self) -> bool:
        self.server_watch.start()
        self.farm_watch.start()
        self.prepare()
        print("The mains fail.", flush=True)
        self.mains_fail()
        self.alarms_come()
        self.batteries_run_low()
        self.during()
        print("The mains return.", flush=True)
        self.mains_return()
        self.afterwards()
        self.traps()
        for what, watch in (("FleetServer", self.server_watch), ("the farm", self.farm_watch)):
            memory, mean, most = watch.between(self.start, time.monotonic())
            self.table.note(f"{what}: most resident memory, MB", f"{memory:.0f}")
            self.table.note(f"{what}: cores on average, in the busiest second", f"{mean:.2f}, {most:.2f}")
        self.table.show()
        return self.table.holds


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("server", "password", "control", "messages", "channel"):
        parser.add_argument(f"--{name}", required=True)
    for name in ("server-pid", "farm-pid"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--cards", type=int, default=2000)
    parser.add_argument("--sites", type=int, default=20)
    parser.add_argument("--low", type=int, default=17)
    parser.add_argument("--lost", type=int, default=5)
    parser.add_argument("--patience", type=float, default=150)
    raise SystemExit(0 if Storm(parser.parse_args()).run() else 1)


if __name__ == "__main__":
    main()
