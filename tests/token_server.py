"""A provider of tokens on loopback: Microsoft's and Google's ways of signing in, and what Dovecot asks about a token.

Over TLS, with a certificate of its own: point REQUESTS_CA_BUNDLE at `ca_file`.
"""

import base64
import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

from tests.certificate import certificate

TENANT, CLIENT, SECRET = "11111111-2222-3333-4444-555555555555", "the-client", "the-client-secret"


@dataclass
class TokenServer:
    """What it gives out, and what it is to refuse."""

    folder: Path
    user: str
    url: str = ""
    good_seconds: int = 3600
    approved: threading.Event = field(default_factory=threading.Event)
    refuses: dict[str, str] = field(default_factory=dict)
    """By grant type: the error it answers."""
    broken: bool = False
    access: dict[str, str] = field(default_factory=dict)
    """Each good access token and whose it is."""
    refresh: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    """The grant types asked for, in order."""
    given: list[str] = field(default_factory=list)
    """Every secret ever given out: none may show up in a log."""

    @property
    def ca_file(self) -> Path:
        return self.folder / "ca.pem"

    def revoke(self) -> None:
        """Withdraw every sign-in."""
        self.access.clear()
        self.refresh.clear()

    def tokens(self, *, refreshable: bool) -> dict[str, Any]:
        access = f"access-{uuid4().hex}"
        self.access[access] = self.user
        self.given.append(access)
        answer: dict[str, Any] = {
            "token_type": "Bearer",
            "expires_in": self.good_seconds,
            "access_token": access,
        }
        if refreshable:
            answer["refresh_token"] = f"refresh-{uuid4().hex}"
            self.refresh.add(answer["refresh_token"])
            self.given.append(answer["refresh_token"])
        return answer

    def answer(self, path: str, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """The status and the JSON for one request."""
        here = f"{self.url}/{TENANT}"
        if self.broken:
            return 503, {}
        if path.endswith("/.well-known/openid-configuration"):
            if TENANT not in path:
                return 400, {"error": "invalid_tenant"}
            return 200, {
                "issuer": f"{here}/v2.0",
                "authorization_endpoint": f"{here}/oauth2/v2.0/authorize",
                "token_endpoint": f"{here}/oauth2/v2.0/token",
                "device_authorization_endpoint": f"{here}/oauth2/v2.0/devicecode",
            }
        if path.endswith("/devicecode"):
            return 200, {
                "device_code": "device",
                "user_code": "ABCD-EFGH",
                "verification_uri": "https://microsoft.example/devicelogin",
                "expires_in": 900,
                "interval": 1,
            }
        if path == "/tokeninfo":
            user = self.access.get(asked["access_token"])
            return (200, {"email": user, "expires_in": 60}) if user else (401, {"error": "invalid_token"})
        return self._granted(path, asked)

    def _granted(self, path: str, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        grant = asked["grant_type"].rpartition(":")[2]
        self.asked.append(grant)
        if grant in self.refuses:
            return 400, {"error": self.refuses[grant], "error_description": "as told"}
        if grant == "device_code" and not self.approved.is_set():
            return 400, {"error": "authorization_pending"}
        secret = asked.get("client_secret", "")
        if (grant == "client_credentials" or path == "/token") and secret != SECRET:
            return 401, {"error": "invalid_client"}
        if grant == "refresh_token" and asked["refresh_token"] not in self.refresh:
            return 400, {"error": "invalid_grant", "error_description": "AADSTS700082: it has expired"}
        if grant == "authorization_code" and not asked.get("code_verifier"):
            return 400, {"error": "invalid_grant"}
        answer = self.tokens(refreshable=grant != "client_credentials")
        if path != "/token":
            answer["scope"] = "https://outlook.office365.com/IMAP.AccessAsUser.All"
            answer["client_info"] = _coded({"uid": "user", "utid": TENANT})
            answer["id_token"] = self._id_token()
        else:
            answer["scope"] = "https://mail.google.com/"
        return 200, answer

    def _id_token(self) -> str:
        facts = {"aud": CLIENT, "iss": f"{self.url}/{TENANT}/v2.0", "exp": time.time() + 600, "sub": "user"}
        return f"{_coded({'alg': 'none'})}.{_coded(facts | {'preferred_username': self.user})}."


def _coded(what: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(what).encode()).decode().rstrip("=")


@contextmanager
def token_server(folder: Path, user: str, token_port: int = 0) -> Iterator[TokenServer]:
    """The provider over TLS; on `token_port` without it, for Dovecot."""
    server = TokenServer(folder, user)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if parts.path == "/auth":  # the person signs in at once and is sent back
                self.send_response(302)
                back = {"code": "the-code", "state": asked["state"], "scope": asked["scope"]}
                self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(back)}")
                self.end_headers()
                return
            self._say(*server.answer(parts.path, asked))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            asked = {name: values[0] for name, values in parse_qs(body).items()}
            kind, _, basic = self.headers.get("Authorization", "").partition(" ")
            if kind == "Basic":  # the client's name and secret may stand there too (RFC 6749, section 2.3.1)
                asked["client_secret"] = base64.b64decode(basic).decode().partition(":")[2]
            self._say(*server.answer(urlsplit(self.path).path, asked))

        def _say(self, status: int, what: dict[str, Any]) -> None:
            data = json.dumps(what).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *_: Any) -> None:
            return

    secure = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate(folder)
    context.load_cert_chain(folder / "ca.pem", folder / "key.pem")
    secure.socket = context.wrap_socket(secure.socket, server_side=True)
    server.url = f"https://127.0.0.1:{secure.server_port}"
    plain = ThreadingHTTPServer(("127.0.0.1", token_port), Handler)
    both = (secure, plain)
    threads = [threading.Thread(target=one.serve_forever, args=(0.05,)) for one in both]
    for thread in threads:
        thread.start()
    try:
        yield server
    finally:
        for one in both:
            one.shutdown()
            one.server_close()
        for thread in threads:
            thread.join()
