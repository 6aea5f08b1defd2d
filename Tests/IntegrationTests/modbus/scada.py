"""A power device with registers that are in no manual, by pymodbus.

scada.py HOST PORT: serves holding registers until it is ended.
  10  what feeds the load: 0 nothing, 1 the inverter, 2 the bypass
  20  charge of the battery in percent
 100  serial number, 4 registers of two characters
 300  input voltage in tenths of a volt, 2 registers, the high word first
"""

import asyncio
import signal
import sys

from pymodbus.datastore import ModbusDeviceContext, ModbusSequentialDataBlock, ModbusServerContext
from pymodbus.server import ModbusTcpServer


async def main():
    words = [0] * 400
    words[10], words[20], words[301] = 1, 77, 2304
    words[100:104] = [0x5343, 0x4144, 0x4131, 0x0000]
    # The block's first register is number 0 of the wire.
    device = ModbusDeviceContext(hr=ModbusSequentialDataBlock(1, words))
    server = ModbusTcpServer(ModbusServerContext(devices=device, single=True), address=(sys.argv[1], int(sys.argv[2])))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, lambda: sys.exit(0))
    print("serving", flush=True)
    await server.serve_forever()


asyncio.run(main())
