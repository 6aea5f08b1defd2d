"""Far ends of notifications: a webhook receiver that fails at first, and a mail server with STARTTLS and a login.

far_ends.py HOST WEBPORT MAILPORT CERT KEY   serves, and prints a line of JSON for each message
far_ends.py tell DATABASE TITLE SEVERITY     writes a row that is worth telling, as incidents do
"""
import hashlib, hmac, json, sqlite3, ssl, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def say(**words):
    print(json.dumps(words), flush=True)


def tell(path, title, severity):
    database = sqlite3.connect(path, timeout=20)
    with database:
        last = database.execute("SELECT COALESCE(MAX(id), 0) FROM incident_tell").fetchone()[0]
        database.execute(
            "INSERT INTO incident_tell (id, at, kind, severity, title, body) VALUES (?, ?, 'opened', ?, ?, 'text')",
            (last + 1, int(time.time() * 1000), severity, title))


class Receiver(BaseHTTPRequestHandler):
    failures = 1

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        stamp, _, digest = self.headers.get("X-NVFleet-Signature", "t=0,v1=").partition(",v1=")
        expected = hmac.new(b"key", stamp[2:].encode() + b"." + body, hashlib.sha256).hexdigest()
        status = 200
        if self.path == "/flaky" and Receiver.failures:
            Receiver.failures -= 1
            status = 503
        say(web=self.path, status=status, id=self.headers["X-NVFleet-Message-Id"], signed=expected == digest, title=json.loads(body)["title"])
        self.send_response(status)
        self.end_headers()
        self.wfile.write(b"thanks" if status == 200 else b"later")

    def log_message(self, *arguments):
        pass


def serve(host, web, mail, certificate, key):
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import AuthResult

    class Post:
        async def handle_RCPT(self, server, session, envelope, address, options):
            if address.startswith("nobody@"):
                return "550 5.1.1 no such user"
            envelope.rcpt_tos.append(address)
            return "250 OK"

        async def handle_DATA(self, server, session, envelope):
            say(mail=envelope.rcpt_tos, text=envelope.content.decode("ascii"))
            return "250 2.0.0 kept as 4711"

    def authenticate(server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login, data.password) == (b"ups", b"a-password"))

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    Controller(
        Post(), hostname=host, port=mail, tls_context=context, require_starttls=True, auth_required=True, authenticator=authenticate).start()
    server = ThreadingHTTPServer((host, web), Receiver)
    say(ready=True)
    server.serve_forever()


if sys.argv[1] == "tell":
    tell(*sys.argv[2:5])
else:
    serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5])
