"""A webhook's far end: `webhook.py HOST PORT FILE [--delay SECONDS] [--failing FLAG]`.

Each POST becomes a line of FILE: {"at": seconds since 1970, "id": message id, "status", "headers", "body"}, written before the answer is
given, and the answer comes DELAY seconds later: who is killed meanwhile does not know that it was heard. While the file FLAG exists the
answer is 503.
"""

import argparse
import json
import os
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LARGEST_BODY = 1 << 20


def receiver(options: argparse.Namespace) -> type[BaseHTTPRequestHandler]:
    lock = threading.Lock()

    class Receiver(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            at = time.time()
            text = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), LARGEST_BODY)).decode("utf-8", "replace")
            status = 503 if options.failing and os.path.exists(options.failing) else 200
            try:
                body = json.loads(text)
            except ValueError:
                body = text
            line = {"at": at, "id": self.headers.get("X-NVFleet-Message-Id"), "status": status, "headers": dict(self.headers), "body": body}
            with lock, open(options.file, "a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
            time.sleep(options.delay)
            answer = b'{"ok":true}' if status == 200 else b'{"ok":false}'
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    return Receiver


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Who went away before the answer is none of our business."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("file")
    parser.add_argument("--delay", type=float, default=0)
    parser.add_argument("--failing")
    options = parser.parse_args()
    server = Server((options.host, options.port), receiver(options))
    print("listening", flush=True)
    server.serve_forever()


main()
