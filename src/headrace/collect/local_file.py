"""A `file:` URL is read, where the policy allows it: data that is brought by hand goes the way of all data."""

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from headrace.collect.answer import Answer, Unanswered
from headrace.collect.not_data import judge_body
from headrace.collect.visit import Visit


async def read_local_file(visit: Visit, url: str) -> Answer:
    """The bytes of the file that an absolute `file:` URL names.

    Raises:
        Unanswered: the policy allows no files, or the file is not there, too large, unreadable or no data.
    """
    policy = visit.company.policy
    if not policy.allow_file:
        raise Unanswered("the policy forbids to read files")
    visit.count_try()
    path = Path(url2pathname(urlsplit(url).path))
    if not path.is_file():
        raise Unanswered("there is no such file", final_url=url)
    if path.stat().st_size > policy.body_bytes:
        raise Unanswered(f"the file is larger than {policy.body_bytes} bytes", final_url=url)
    try:
        body = path.read_bytes()
    except OSError as error:
        raise Unanswered(f"the file cannot be read: {error}", final_url=url, exception=type(error).__name__) from error
    if problem := judge_body(None, body):
        raise Unanswered(f"not data but {problem}", final_url=url, received=len(body))
    return Answer(body, None, url)
