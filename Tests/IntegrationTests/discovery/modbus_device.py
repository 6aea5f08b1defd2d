"""modbus_device.py ADDRESS: a Modbus TCP server of pymodbus that is no UPS."""

import sys

from pymodbus.server import StartTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

StartTcpServer(SimDevice(1, simdata=[SimData(0, count=65536, values=0, datatype=DataType.REGISTERS)]), address=(sys.argv[1], 502))
