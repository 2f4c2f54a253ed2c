"""Work for pools of processes, some of it deadly to the process that does it."""

import os
import signal


def square(number: int) -> int:
    """The square of a number; 13 kills the process."""
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number
