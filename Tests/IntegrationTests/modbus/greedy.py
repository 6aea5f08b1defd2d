"""Asks for registers as fast as it can, without waiting for answers, and prints how many were answered, and how many with exception 06.

greedy.py HOST PORT SECONDS. Ends with 1 where an answer comes out of order or is not Modbus.
"""

import socket
import struct
import sys
import threading
import time


def main():
    host, port, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    link = socket.create_connection((host, port), timeout=5)
    end = time.monotonic() + seconds

    def ask():
        transaction = 0
        while time.monotonic() < end:
            requests = b""
            for _ in range(50):
                requests += struct.pack(">HHHBBHH", transaction, 0, 6, 1, 3, 0x40 + transaction % 60, 1 + transaction % 20)
                transaction = (transaction + 1) % 65536
            try:
                link.sendall(requests)
            except OSError:
                return

    asker = threading.Thread(target=ask, daemon=True)
    asker.start()
    answers = busy = expected = 0
    stream = link.makefile("rb")
    while time.monotonic() < end:
        head = stream.read(7)
        transaction, protocol, length, _ = struct.unpack(">HHHB", head)
        pdu = stream.read(length - 1)
        if protocol != 0 or transaction != expected:
            sys.exit(f"transaction {transaction} instead of {expected}")
        expected = (expected + 1) % 65536
        answers += 1
        busy += pdu[0] == 0x83 and pdu[1] == 6
    print(answers, busy)


main()
