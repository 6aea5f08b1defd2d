"""bacnet_device.py ADDRESS/LENGTH VENDOR INSTANCE NAME DESCRIPTION: a BACnet/IP device of bacpypes3."""

import asyncio
import sys

from bacpypes3.ipv4.app import NormalApplication
from bacpypes3.local.device import DeviceObject
from bacpypes3.pdu import IPv4Address


async def main():
    address, vendor, instance, name, description = sys.argv[1:6]
    device = DeviceObject(
        objectIdentifier=("device", int(instance)),
        objectName=name,
        vendorIdentifier=int(vendor),
        vendorName="Somebody",
        modelName="20",
        firmwareRevision="Net Vision 8 v8.00",
        applicationSoftwareVersion="1",
        description=description,
    )
    NormalApplication(device, IPv4Address(address))
    await asyncio.Event().wait()


asyncio.run(main())
