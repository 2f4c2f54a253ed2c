"""The guard at the door."""

import csv
import shutil
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from headrace.collect.address import GuardedTransport, judge_address
from headrace.collect.policy import Policy
from headrace.simulate.web_server import Asked, Reply, WebServer

CASES = Path(__file__).parents[1] / "cases" / "collect" / "address.csv"
DATA = Reply(b"reference,name\n1,Here\n")


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["case"])
def test_an_address_is_judged_by_the_policy(case: dict[str, str]) -> None:
    """Loopback and private networks are asked only where the policy says so; what is no place at all, never."""
    policy = Policy(
        contact="https://data.example",
        allow_loopback=case["loopback allowed"] == "yes",
        allow_private=case["private allowed"] == "yes",
    )
    verdict = "asked" if judge_address(case["address"], policy) is None else "refused"
    assert case["verdict"] == verdict


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "LOCALHOST", "127.1"]
)
def test_no_spelling_of_this_machine_passes(host: str, ask: Callable[..., Any], serve: Callable[..., Any]) -> None:
    """Whatever a name resolves to is judged, not how it is spelt; nothing is asked."""
    server = serve(lambda asked: DATA)
    url = f"http://{host}:{server.port}/data.csv"
    attempt = ask(url, allow_loopback=False).of(url)
    assert attempt.resource is None
    assert "the policy forbids to ask" in attempt.reason
    assert server.asked == []
    assert attempt.tries == 1


def test_a_redirection_is_judged_like_a_first_request(ask: Callable[..., Any], serve: Callable[..., Any]) -> None:
    """A server of the internet cannot send the collector into a private network."""
    server = serve(lambda asked: Reply(status=302, headers=(("Location", "http://10.0.0.1/secret"),)))
    url = f"{server.origin}/data.csv"
    attempt = ask(url).of(url)
    assert attempt.reason == "the policy forbids to ask 10.0.0.1: 10.0.0.1 belongs to a private network"
    assert attempt.final_url == "http://10.0.0.1/secret"


def test_a_redirection_cannot_leave_the_web(tmp_path: Path, ask: Callable[..., Any], serve: Callable[..., Any]) -> None:
    """Even where files may be read, a server cannot choose one."""
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\n1,2\n")
    server = serve(lambda asked: Reply(status=302, headers=(("Location", secret.as_uri()),)))
    url = f"{server.origin}/data.csv"
    attempt = ask(url, allow_file=True).of(url)
    assert attempt.reason.endswith("secret.csv' is not an address of the web")
    assert attempt.resource is None


def test_a_name_that_is_not_known_is_said_so(ask: Callable[..., Any]) -> None:
    """A council that has been merged away leaves names that nobody resolves."""
    attempt = ask("http://council.invalid/data.csv").attempts[0]
    assert "the name 'council.invalid' is not known" in attempt.reason
    assert attempt.exception == "ConnectError"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl command to make a certificate with")
def test_a_certificate_is_checked_for_the_name_although_the_address_is_asked(
    tmp_path: Path, ask: Callable[..., Any], policy: Callable[..., Policy]
) -> None:
    """The connection goes to the judged address; the certificate must still be that of the host in the URL."""
    authority, server = _secure_server(tmp_path, "localhost")
    with server:
        way = GuardedTransport(httpx2.AsyncHTTPTransport(verify=authority), policy())
        right, wrong = f"https://localhost:{server.port}/", f"https://127.0.0.1:{server.port}/"
        assert ask(right, transport=way).of(right).ok
        attempt = ask(wrong, transport=GuardedTransport(httpx2.AsyncHTTPTransport(verify=authority), policy())).of(
            wrong
        )
        assert "CERTIFICATE_VERIFY_FAILED" in attempt.reason
        assert attempt.tries == 1


def _secure_server(folder: Path, name: str) -> tuple[ssl.SSLContext, WebServer]:
    """A server with a certificate for one name, and the context that trusts it."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"]
    command += ["-addext", f"subjectAltName=DNS:{name}", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secured.load_cert_chain(certificate, key)
    return ssl.create_default_context(cafile=str(certificate)), WebServer(_answer, secured=secured)


def _answer(asked: Asked) -> Reply:
    return DATA
