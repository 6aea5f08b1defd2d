"""The peer pysnmp, as its own asyncio interface is meant to be used: one engine, a task for each of the requests on their way."""

import argparse
import asyncio
import itertools
import resource
import sys
import time

from pysnmp.hlapi.v1arch import asyncio as v1
from pysnmp.hlapi.v3arch import asyncio as v3
from pysnmp.proto import api

USER = dict(
    authKey="authentication",
    privKey="privacy-password",
    authProtocol=v3.USM_AUTH_HMAC96_SHA,
    privProtocol=v3.USM_PRIV_CFB128_AES,
)


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def fleet_address(card):
    return f"127.20.{card // 250}.{card % 250 + 1}"


class Poller:
    def __init__(self, options, names):
        self.options = options
        objects = [self.object(name) for name in names]
        self.requests = [objects[i : i + options.per_request] for i in range(0, len(names), options.per_request)]
        self.values = 0
        self.lost = 0
        self.checksum = 0
        self.transports = []
        if options.version == "3":
            self.engine = v3.SnmpEngine()
            self.user = v3.UsmUserData("bench", **USER)
        else:
            self.dispatcher = v1.SnmpDispatcher()
            self.community = v1.CommunityData("public", mpModel=1)

    def object(self, name):
        """Made once: what a name resolves to is kept in the object. The lower architecture takes names that need no resolution."""
        if self.options.version == "3":
            return v3.ObjectType(v3.ObjectIdentity(name))
        return (api.v2c.ObjectIdentifier(name), api.v2c.Null(""))

    async def prepare(self):
        module = v3 if self.options.version == "3" else v1
        for card in range(self.options.cards):
            target = (fleet_address(card), self.options.port)
            self.transports.append(await module.UdpTransportTarget.create(target, timeout=2, retries=2))

    async def ask(self, transport, objects):
        if self.options.version == "3":
            return await v3.get_cmd(self.engine, self.user, transport, v3.ContextData(), *objects, lookupMib=False)
        return await v1.get_cmd(self.dispatcher, self.community, transport, *objects, lookupMib=False)

    def read(self, bindings):
        for _, value in bindings:
            self.values += 1
            plain = value.prettyPrint()
            self.checksum += len(plain)

    async def work(self, turns, deadline):
        for turn in turns:
            if time.monotonic() >= deadline:
                return
            transport = self.transports[turn // len(self.requests) % len(self.transports)]
            error, status, _, bindings = await self.ask(transport, self.requests[turn % len(self.requests)])
            if error or int(status):
                self.lost += 1
            else:
                self.read(bindings)

    async def run(self, seconds):
        self.values = self.lost = 0
        turns = itertools.count()
        deadline = time.monotonic() + seconds
        await asyncio.gather(*[self.work(turns, deadline) for _ in range(self.options.window)])


async def main(options):
    names = sys.stdin.read().split()
    poller = Poller(options, names)
    await poller.prepare()
    # In the first round SNMPv3 discovers the engines.
    await poller.run(options.warm_up)
    started, cpu = time.monotonic(), processor_seconds()
    await poller.run(options.seconds)
    seconds, cpu = time.monotonic() - started, processor_seconds() - cpu
    print(
        f"pysnmp oids={poller.values} lost={poller.lost} seconds={seconds:.3f} cpu={cpu:.3f} "
        f"per_second={poller.values / seconds:.0f} per_core_second={poller.values / cpu:.0f}"
    )


def read_options():
    parser = argparse.ArgumentParser(description="Asks the fleet for the objects whose names come on standard input.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--version", choices=["2c", "3"], default="2c")
    parser.add_argument("--cards", type=int, default=100)
    parser.add_argument("--per-request", type=int, default=30)
    parser.add_argument("--window", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--warm-up", type=float, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main(read_options()))
