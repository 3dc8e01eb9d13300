"""A real Dovecot on a free loopback port, for tests: `from tests.dovecot import dovecot`.

The configuration is that of email.md, section 11; it runs as root and without.
"""

import contextlib
import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from imapclient import IMAPClient, SocketTimeout  # type: ignore[import-untyped]

from tests.certificate import certificate

PASSWORD = "testpass"
_START_SECONDS = 20.0
_CONFIG = """\
base_dir = {dir}/run
state_dir = {dir}/state
log_path = {dir}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{dir}/ca.pem
ssl_key = <{dir}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
mail_location = maildir:{dir}/mail/%u
first_valid_uid = 1
first_valid_gid = 1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
auth_failure_delay = 0
service/anvil/chroot =
service/anvil/unix_listener/anvil-auth-penalty/mode = 0
service/imap-login/chroot =
service/imap-login/inet_listener/imap/port = {port}
service/imap-login/inet_listener/imaps/port = {tls_port}
service/imap-login/inet_listener/imaps/ssl = yes
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {dir}/oauth2.conf
}}
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={dir}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
"""


_OAUTH = """\
tokeninfo_url = http://127.0.0.1:{port}/tokeninfo?access_token=
username_attribute = email
"""


class Dovecot:
    """A running server; every user name works, with PASSWORD, so each test takes one of its own.

    On `tls_port` it speaks TLS, with a certificate of its own (`ca_file`). An access token works too (XOAUTH2)
    when a server on `token_port` of this machine knows it.
    """

    host = "127.0.0.1"

    def __init__(self, binary: str, folder: Path) -> None:
        self._binary, self._folder = binary, folder
        self.port, self.tls_port, self.token_port = _free_port(), _free_port(), _free_port()
        certificate(folder)
        self.ca_file = folder / "ca.pem"
        account = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        for name in ("run", "state", "mail"):
            (folder / name).mkdir()
        if os.getuid() == 0:
            for path in (folder, *folder.iterdir()):
                os.chown(path, account.pw_uid, account.pw_gid)
        (folder / "oauth2.conf").write_text(_OAUTH.format(port=self.token_port))
        self._config = folder / "dovecot.conf"
        self._config.write_text(
            _CONFIG.format(
                dir=folder,
                user=account.pw_name,
                group=grp.getgrgid(account.pw_gid).gr_name,
                uid=account.pw_uid,
                gid=account.pw_gid,
                port=self.port,
                tls_port=self.tls_port,
                password=PASSWORD,
            )
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [self._binary, "-F", "-c", str(self._config)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            try:
                socket.create_connection((self.host, self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        log = self._folder / "log"
        raise RuntimeError(f"Dovecot did not start: {log.read_text()[-2000:] if log.exists() else 'no log'}")

    def stop(self) -> None:
        """End the server and, with it, every connection."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            with contextlib.suppress(
                ProcessLookupError
            ):  # processes that serve a connection outlive their master
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process = None

    def new_user(self) -> str:
        return f"user-{uuid4().hex[:12]}"

    def client(self, user: str) -> IMAPClient:
        client = IMAPClient(self.host, self.port, ssl=False, timeout=SocketTimeout(connect=5, read=20))
        client.login(user, PASSWORD)
        return client

    def append(self, user: str, raw: bytes, folder: str = "INBOX", **named: Any) -> None:
        """Put one mail into a folder, as a delivery would."""
        client = self.client(user)
        client.append(folder, raw, **named)
        client.logout()

    def mails(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """The mails in a folder, by UID; none when there is no such folder."""
        client = self.client(user)
        found: list[bytes] = []
        if client.folder_exists(folder):
            client.select_folder(folder, readonly=True)
            found = [
                answer[b"BODY[]"]
                for _, answer in sorted(client.fetch(client.search("ALL"), ["BODY.PEEK[]"]).items())
            ]
        client.logout()
        return found

    def flags(self, user: str, folder: str = "INBOX") -> list[tuple[bytes, ...]]:
        client = self.client(user)
        client.select_folder(folder, readonly=True)
        found = [tuple(flags) for _, flags in sorted(client.get_flags(client.search("ALL")).items())]
        client.logout()
        return found

    def reset_uidvalidity(self, user: str, folder: str) -> None:
        """Give a folder (not INBOX) a new UIDVALIDITY and the same mail, by protocol."""
        client = self.client(user)
        before = client.folder_status(folder, ["UIDVALIDITY"])[b"UIDVALIDITY"]
        client.rename_folder(folder, "Old")
        client.create_folder(folder)
        client.select_folder("Old")
        if uids := client.search("ALL"):
            client.move(uids, folder)
        client.close_folder()
        client.delete_folder("Old")
        after = client.folder_status(folder, ["UIDVALIDITY"])[b"UIDVALIDITY"]
        client.logout()
        assert before != after, "the reset gave the same UIDVALIDITY"

    def create(self, user: str, folder: str) -> None:
        client = self.client(user)
        client.create_folder(folder)
        client.logout()


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """The server, one for all tests; mark what uses it `@pytest.mark.dovecot`."""
    binary = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")
    if binary is None:
        reason = "there is no dovecot here (apt-get install dovecot-imapd)"
        if os.environ.get("PUTRIGHT_REQUIRE_DOVECOT") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    # Not tmp_path: its name is too long for the server's sockets, and other users may not enter it.
    folder = Path(tempfile.mkdtemp(prefix="putright-dovecot-"))
    folder.chmod(0o755)
    server = Dovecot(binary, folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
