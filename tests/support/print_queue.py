"""A print server of our own: a private cupsd with two queues, which keeps what it is sent; nothing of the system is touched."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from programs import find, need
from pypdf import PdfReader

PRINTERS = ("Office", "Hall")
_PPD = "lsb/usr/cupsfilters/Generic-PDF_Printer-PDF.ppd"
_BACKEND = """\
#!/bin/sh
[ $# -eq 0 ] && { echo 'direct keep "Unknown" "Keep"'; exit 0; }
cat "${6:--}" > {out}/$1.pdf
printf '%s\\n' "$3" "$4" "$5" > {out}/$1.part
mv {out}/$1.part {out}/$1.txt
"""
_FILES = """\
ServerRoot {at}/etc
CacheDir {at}/cache
StateDir {at}/state
RequestRoot {at}/spool
TempDir {at}/tmp
AccessLog {at}/log/access
ErrorLog {at}/log/error
PageLog {at}/log/page
ServerBin {at}/bin
DataDir /usr/share/cups
User {user}
Group {group}
SystemGroup {group}
"""
_DAEMON = """\
Listen {at}/s
Browsing No
DefaultAuthType None
WebInterface No
<Location />
Allow all
</Location>
<Policy default>
JobPrivateAccess all
JobPrivateValues none
<Limit All>
Order deny,allow
Allow all
</Limit>
</Policy>
"""


@dataclass(frozen=True)
class Printed:
    """A job as it came to the printer: its title, options, and the pages of all copies."""

    title: str
    options: frozenset[str]
    pages: int


@dataclass(frozen=True)
class Server:
    """The print server: its address for CUPS_SERVER, and the folder with what was printed."""

    address: str
    out: Path

    def printed(self, wanted: int) -> list[Printed]:
        """The jobs so far, in order, once there are as many as `wanted`; it is emptied."""
        for _ in range(600):
            if len(list(self.out.glob("*.txt"))) >= wanted:
                break
            time.sleep(0.05)
        jobs = []
        for told in sorted(self.out.glob("*.txt"), key=lambda each: int(each.stem)):
            title, _, options = told.read_text("utf-8").split("\n", 2)
            raw = told.with_suffix(".pdf").read_bytes()
            pdf = PdfReader(BytesIO(raw[raw.index(b"%PDF") : raw.rindex(b"%%EOF") + 5]))
            jobs.append(Printed(title, frozenset(options.split()), len(pdf.pages)))
            told.with_suffix(".pdf").unlink()
            told.unlink()
        return jobs

    def run(self, *words: str) -> None:
        """A program of CUPS, for this server."""
        environment = {**os.environ, "CUPS_SERVER": self.address}
        path = find(words[0])
        assert path is not None
        subprocess.run([path, *words[1:]], env=environment, check=True, capture_output=True, timeout=60)


@contextmanager
def print_server() -> Iterator[Server]:
    """Start one with the queues PRINTERS, the first of which is the default; stopped at the end, by its id."""
    need("cupsd", "lp", "lpadmin", "lpstat")
    at = Path(tempfile.mkdtemp(prefix="cups-"))  # the path of a socket is short
    root = os.geteuid() == 0
    user, group = ("nobody", "nogroup") if root else (getpass.getuser(), getpass.getuser())
    try:
        _lay_out(at, user, group)
        switch = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if root else []
        if root:
            subprocess.run(["chown", "-R", f"{user}:{group}", str(at)], check=True)
        daemon = [find("cupsd") or "", "-f", "-c", f"{at}/etc/cupsd.conf", "-s", f"{at}/etc/cups-files.conf"]
        process = subprocess.Popen([*switch, *daemon])
        try:
            server = Server(f"{at}/s", at / "out")
            for _ in range(200):
                if (at / "s").exists():
                    break
                time.sleep(0.05)
            for name in PRINTERS:
                server.run("lpadmin", "-p", name, "-E", "-v", "keep:/", "-m", _PPD)
            server.run("lpadmin", "-d", PRINTERS[0])
            yield server
        finally:
            process.terminate()
            process.wait(20)
    finally:
        shutil.rmtree(at, ignore_errors=True)


def _lay_out(at: Path, user: str, group: str) -> None:
    at.chmod(0o755)
    for name in ("etc", "cache", "state", "spool", "tmp", "log", "out", "bin/backend"):
        (at / name).mkdir(parents=True)
    for each in Path("/usr/lib/cups").iterdir():
        if each.name != "backend":
            (at / "bin" / each.name).symlink_to(each)
    backend = at / "bin/backend/keep"
    backend.write_text(_BACKEND.replace("{out}", f"{at}/out"))
    backend.chmod(0o755)
    (at / "etc/cups-files.conf").write_text(_FILES.format(at=at, user=user, group=group))
    (at / "etc/cupsd.conf").write_text(_DAEMON.format(at=at))
