"""Reads registers by pymodbus and prints them, one number a line.

read.py tcp HOST PORT | rtu PATH BAUD, then FUNCTION (3 or 4) SLAVE ADDRESS COUNT. Ends with 1 and the reason where there is no answer.
"""

import logging
import sys

from pymodbus import ModbusException
from pymodbus.client import ModbusSerialClient, ModbusTcpClient


def main():
    kind, place, detail = sys.argv[1:4]
    function, slave, address, count = map(int, sys.argv[4:8])
    logging.disable(logging.CRITICAL)
    if kind == "tcp":
        client = ModbusTcpClient(place, port=int(detail), timeout=1, retries=0)
    else:
        client = ModbusSerialClient(place, baudrate=int(detail), parity="N", timeout=1, retries=0)
    if not client.connect():
        sys.exit("no connection")
    read = client.read_holding_registers if function == 3 else client.read_input_registers
    try:
        answer = read(address, count=count, device_id=slave)
    except ModbusException as failure:
        sys.exit(f"no answer: {failure}")
    finally:
        client.close()
    if answer.isError():
        sys.exit(f"refused: {answer}")
    print(*answer.registers, sep="\n")


main()
