"""Many web servers in one thread."""

import httpx2

from headrace.simulate.many_hosts import ManyHosts
from headrace.simulate.web_server import Asked, Reply


def test_each_host_answers_for_itself() -> None:
    """Hosts have ports of their own, and the function is told which of them is asked what, and how often."""

    def answer(host: int, asked: Asked) -> Reply:
        return Reply(f"{host} {asked.path} {asked.visit} {asked.headers['x-who']}".encode())

    with ManyHosts(3, answer) as hosts:
        assert len(set(hosts.origins)) == 3
        said = [httpx2.get(f"{hosts.origins[host]}/a", headers={"X-Who": "me"}).text for host in (2, 0, 2)]
    assert said == ["2 /a 1 me", "0 /a 1 me", "2 /a 2 me"]
    assert [(each.host, each.status, each.sent_bytes) for each in hosts.served] == [
        (2, 200, 9),
        (0, 200, 9),
        (2, 200, 9),
    ]


def test_an_asker_that_goes_away_is_no_longer_under_way() -> None:
    """Who was not waited for does not count against the limit of a host."""
    with ManyHosts(1, lambda host, asked: Reply(b"late", delay_seconds=30)) as hosts:
        for _ in range(3):
            try:
                httpx2.get(f"{hosts.origins[0]}/a", timeout=0.2)
            except httpx2.ReadTimeout:
                continue
            raise AssertionError("it was answered")
        assert hosts.most_at_once[0] == 1
        assert hosts.served == []


def test_robots_is_not_counted() -> None:
    """No host has a robots.txt, and the question for it is not one for the function."""
    with ManyHosts(1, lambda host, asked: Reply(b"data")) as hosts:
        assert httpx2.get(f"{hosts.origins[0]}/robots.txt").status_code == 404
    assert hosts.served == []
