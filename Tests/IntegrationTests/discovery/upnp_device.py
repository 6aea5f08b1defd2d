"""upnp_device.py ADDRESS MANUFACTURER MODEL SERIAL: a UPnP device, found by ssdpy, with its description by HTTP."""

import http.server
import sys
import threading

from ssdpy import SSDPServer

address, manufacturer, model, serial = sys.argv[1:5]
description = f"""<?xml version="1.0"?>
<root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major><minor>0</minor></specVersion>
<device><deviceType>urn:schemas-upnp-org:device:Basic:1</deviceType><friendlyName>{model} of {address}</friendlyName>
<manufacturer>{manufacturer}</manufacturer><modelName>{model}</modelName><serialNumber>{serial}</serialNumber>
<UDN>uuid:{serial}</UDN></device></root>""".encode()


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(description)))
        self.end_headers()
        self.wfile.write(description)


pages = http.server.ThreadingHTTPServer((address, 8080), Page)
threading.Thread(target=pages.serve_forever, daemon=True).start()
location = f"http://{address}:8080/description.xml"
SSDPServer(f"uuid:{serial}::upnp:rootdevice", device_type="upnp:rootdevice", location=location).serve_forever()
