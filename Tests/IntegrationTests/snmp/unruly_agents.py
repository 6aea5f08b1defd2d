"""SNMP agents that answer a recorded card, each with bad manners of its own.

unruly_agents.py RECORDS PORT MANNER=HOST...   RECORDS is a file of snmprec lines. Runs until it is ended.

Versions 1 and 2c, community public, GET, GETNEXT and GETBULK; enough of BER for those, and written here, so that it shares no line with the
client that it tries.
"""

import selectors
import socket
import sys
import time

GET, NEXT, RESPONSE, BULK = 0xA0, 0xA1, 0xA2, 0xA5
NO_SUCH_OBJECT, END_OF_VIEW = (0x80, b""), (0x82, b"")
TOO_BIG, NO_SUCH_NAME, GEN_ERR = 1, 2, 5


def length(count):
    if count < 0x80:
        return bytes([count])
    octets = count.to_bytes((count.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(octets)]) + octets


def element(tag, contents):
    return bytes([tag]) + length(len(contents)) + contents


def integer(number):
    return element(2, number.to_bytes(number.bit_length() // 8 + 1, "big", signed=True))


def encode_name(name):
    octets = b""
    for arc in (name[0] * 40 + name[1], *name[2:]):
        part = bytes([arc & 0x7F])
        while arc := arc >> 7:
            part = bytes([arc & 0x7F | 0x80]) + part
        octets += part
    return octets


def decode_name(octets):
    arcs, value = [], 0
    for octet in octets:
        value = value << 7 | octet & 0x7F
        if octet < 0x80:
            arcs.append(value)
            value = 0
    return (min(arcs[0] // 40, 2), arcs[0] - 40 * min(arcs[0] // 40, 2), *arcs[1:])


def elements(octets):
    place = 0
    while place < len(octets):
        tag, size, place = octets[place], octets[place + 1], place + 2
        if size & 0x80:
            count = size & 0x7F
            size, place = int.from_bytes(octets[place : place + count], "big"), place + count
        yield tag, octets[place : place + size]
        place += size


def read_records(path):
    objects = {}
    for line in open(path, encoding="utf-8"):
        name, kind, value = line.rstrip("\n").split("|", 2)
        key = tuple(map(int, name.split(".")))
        if kind == "4x":
            objects[key] = (4, bytes.fromhex(value))
        elif kind == "4":
            objects[key] = (4, value.encode())
        elif kind == "6":
            objects[key] = (6, encode_name(tuple(map(int, value.split(".")))))
        else:
            objects[key] = (int(kind), integer(int(value))[2:])
    return sorted(objects.items())


class Request:
    def __init__(self, datagram):
        ((_, message),) = elements(datagram)
        (_, version), (_, self.community), (self.kind, pdu) = elements(message)
        (_, number), (_, first), (_, second), (_, bindings) = elements(pdu)
        self.version = version[0]
        self.id = int.from_bytes(number, "big", signed=True)
        self.repetitions = int.from_bytes(second, "big")
        self.names = [decode_name(next(elements(pair))[1]) for _, pair in elements(bindings)]

    def response(self, bindings, error=0, index=0, number=None):
        pairs = b"".join(element(0x30, element(6, encode_name(name)) + element(*value)) for name, value in bindings)
        number = self.id if number is None else number
        pdu = element(RESPONSE, integer(number) + integer(error) + integer(index) + element(0x30, pairs))
        return element(0x30, integer(self.version) + element(4, self.community) + pdu)

    def failure(self, error, index=0):
        return self.response([(name, (5, b"")) for name in self.names], error, index)


class Card:
    """What a well-behaved agent answers."""

    def __init__(self, objects):
        self.objects = objects
        self.values = dict(objects)

    def following(self, name):
        return next((pair for pair in self.objects if pair[0] > name), (name, END_OF_VIEW))

    def answer(self, request):
        if request.kind == GET:
            if request.version == 0:
                for index, name in enumerate(request.names):
                    if name not in self.values:
                        return request.failure(NO_SUCH_NAME, index + 1)
            return request.response([(name, self.values.get(name, NO_SUCH_OBJECT)) for name in request.names])
        if request.kind == NEXT:
            pairs = [self.following(name) for name in request.names]
            if request.version == 0 and any(value == END_OF_VIEW for _, value in pairs):
                return request.failure(NO_SUCH_NAME, 1)
            return request.response(pairs)
        pairs = []
        for name in request.names:
            for _ in range(request.repetitions):
                pairs.append(self.following(name))
                name = pairs[-1][0]
        return request.response(pairs)

    def lie(self, request, number=None):
        """A response that says other things than the card."""
        return request.response([(name, (2, b"\x01")) for name in request.names], number=number)


# Each takes a card and a request, and gives what to send: (seconds from now, whether from another port, datagram).
MANNERS = {
    "good": lambda card, request: [(0, False, card.answer(request))],
    "version-one": lambda card, request: [(0, False, card.answer(request))] if request.version == 0 else [],
    "next-only": lambda card, request: [(0, False, card.answer(request))] if request.kind == NEXT else [],
    "few-names": lambda card, request: [] if len(request.names) > 4 else [(0, False, card.answer(request))],
    "no-bulk": lambda card, request: [] if request.kind == BULK else [(0, False, card.answer(request))],
    "late": lambda card, request: [(1.3, False, card.answer(request))],
    "twice": lambda card, request: [(0, False, card.answer(request)), (0.02, False, card.answer(request))],
    "other-port": lambda card, request: [(0, True, card.lie(request)), (0.05, False, card.answer(request))],
    "wrong-id": lambda card, request: [(0, False, card.lie(request, request.id ^ 1)), (0.05, False, card.answer(request))],
    "too-big": lambda card, request: [
        (0, False, request.failure(TOO_BIG) if len(request.names) > 6 else card.answer(request))
    ],
    "bulk-error": lambda card, request: [
        (0, False, request.failure(GEN_ERR) if request.kind == BULK else card.answer(request))
    ],
}


def main():
    records, port, *places = sys.argv[1:]
    card = Card(read_records(records))
    sockets = selectors.DefaultSelector()
    for place in places:
        manner, host = place.split("=")
        server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        server.bind((host, int(port)))
        stranger = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        stranger.bind((host, 0))
        sockets.register(server, selectors.EVENT_READ, (MANNERS[manner], stranger))
    waiting = []
    while True:
        pause = min((due for due, *_ in waiting), default=time.monotonic() + 1) - time.monotonic()
        for key, _ in sockets.select(max(0, pause)):
            datagram, peer = key.fileobj.recvfrom(65535)
            manner, stranger = key.data
            for delay, is_strange, reply in manner(card, Request(datagram)):
                waiting.append((time.monotonic() + delay, stranger if is_strange else key.fileobj, reply, peer))
        now = time.monotonic()
        for due in sorted((entry for entry in waiting if entry[0] <= now), key=lambda entry: entry[0]):
            due[1].sendto(due[2], due[3])
        waiting = [entry for entry in waiting if entry[0] > now]


main()
