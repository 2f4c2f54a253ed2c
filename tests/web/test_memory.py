"""Answers that are worked out once."""

from headrace.web.memory import Memory


def test_answers_are_worked_out_once() -> None:
    """A question that was asked before is answered from memory, `None` too."""
    memory = Memory()
    worked: list[str] = []

    def work_out() -> None:
        worked.append("once")

    assert memory.recall("q", work_out) is None
    assert memory.recall("q", work_out) is None
    assert ["once"] == worked


def test_what_was_asked_longest_ago_is_forgotten() -> None:
    """Memory is limited by what its answers weigh."""
    memory = Memory(limit_bytes=25_000)
    for question in ("a", "b", "a", "c"):
        memory.recall(question, lambda question=question: question * 10_000)

    assert "a" * 10_000 == memory.recall("a", lambda: "again")
    assert "again" == memory.recall("b", lambda: "again")


def test_answer_too_large_to_keep_is_still_given() -> None:
    """What does not fit is worked out each time."""
    memory = Memory(limit_bytes=100)

    assert ["x" * 1_000, "y"] == [memory.recall("q", lambda: "x" * 1_000), memory.recall("q", lambda: "y")]
