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
    """Memory keeps a fixed number of answers."""
    memory = Memory(answers=2)
    for question in ("a", "b", "a", "c"):
        memory.recall(question, question.upper)

    assert "A" == memory.recall("a", lambda: "again")
    assert "again" == memory.recall("b", lambda: "again")
