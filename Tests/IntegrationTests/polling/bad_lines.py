"""Lines to cards that are slow, lossy, dead, or bring everything twice.

Usage: bad_lines.py PORT NEAR FAR COUNT BEHAVIOURS

Listens on PORT at NEAR.1 to NEAR.COUNT, and passes datagrams on to the same port at FAR.1 and so on. BEHAVIOURS is a file with a line
"HOST WORD" for each line that is not good: slow (two seconds), lossy (three of ten, each way), twice, dead. It is read again and again.
"""

import heapq
import os
import random
import selectors
import socket
import sys
import time

port, near, far, count, behaviours = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5]
selector = selectors.DefaultSelector()
chance = random.Random(7)
delayed = []
order = 0
words = {}
words_of = 0.0


def bound(host):
    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    line.setblocking(False)
    if host:
        line.bind((host, port))
    return line


class Line:
    """One card's: a socket that the server asks, and one that asks the card."""

    def __init__(self, number):
        self.number = number
        self.card = (f"{far}.{number}", port)
        self.server = None
        self.front = bound(f"{near}.{number}")
        self.back = bound(None)
        selector.register(self.front, selectors.EVENT_READ, (self, True))
        selector.register(self.back, selectors.EVENT_READ, (self, False))

    def received(self, is_question):
        try:
            data, source = (self.front if is_question else self.back).recvfrom(65535)
        except OSError:
            return
        if is_question:
            self.server = source
        word = words.get(self.number, "good")
        if word == "dead" or word == "lossy" and chance.random() < 0.3:
            return
        for _ in range(2 if word == "twice" and not is_question else 1):
            later(2.0 if word == "slow" and not is_question else 0.0, self, is_question, data)

    def send(self, is_question, data):
        try:
            if is_question:
                self.back.sendto(data, self.card)
            elif self.server:
                self.front.sendto(data, self.server)
        except OSError:
            pass


def later(seconds, line, is_question, data):
    global order
    if seconds == 0:
        return line.send(is_question, data)
    order += 1
    heapq.heappush(delayed, (time.monotonic() + seconds, order, line, is_question, data))


def read_words():
    global words, words_of
    if time.monotonic() - words_of < 0.2:
        return
    words_of = time.monotonic()
    if os.path.exists(behaviours):
        with open(behaviours) as file:
            words = {int(number): word for number, word in (line.split() for line in file if line.strip())}


lines = [Line(number) for number in range(1, count + 1)]
print("ready", flush=True)
while True:
    read_words()
    wait = min(0.2, delayed[0][0] - time.monotonic()) if delayed else 0.2
    for key, _ in selector.select(max(0, wait)):
        line, is_question = key.data
        line.received(is_question)
    while delayed and delayed[0][0] <= time.monotonic():
        _, _, line, is_question, data = heapq.heappop(delayed)
        line.send(is_question, data)
