"""Noise of alerts: what would have been sent for recorded results with known incidents, against the figures to beat.

    python benchmarks/alert_noise.py SHARED FIRST_SEED LAST_SEED

SHARED is the folder that holds `benchmarks/alert_noise.py`, which makes the results and scores the messages. The
parameters were chosen on seeds 100 to 139; report others.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import orjson

AIMS = {"new a day": 0.8, "false a week": 3.8, "delay p50 min": 15, "delay p95 min": 45}


def main(shared: Path, first: int, last: int) -> None:
    """Replay each seed and print the score of all together."""
    judge = shared / "benchmarks" / "alert_noise.py"
    scores = []
    for seed in range(first, last + 1):
        with TemporaryDirectory() as folder:
            sent = Path(folder) / "sent.jsonl"
            subprocess.run([sys.executable, judge, "trace", str(seed), folder], check=True)
            replay = [sys.executable, "-m", "headrace", "watch", "replay", str(Path(folder) / "results.csv")]
            sent.write_bytes(subprocess.run(replay, check=True, capture_output=True).stdout)
            ran = subprocess.run([sys.executable, judge, "score", folder, str(sent)], check=True, capture_output=True)
        scores.append(orjson.loads(ran.stdout))
        print(seed, ran.stdout.decode().strip(), flush=True)
    caught = [score["caught"].split("/") for score in scores]
    slow = [score["by_kind"]["slow"].split("/") for score in scores if "slow" in score["by_kind"]]
    measured = {
        "new a day": np.mean([score["new_a_day"] for score in scores]),
        "false a week": np.mean([score["false_a_week"] for score in scores]),
        "delay p50 min": np.median([score["delay_p50_min"] for score in scores]),
        "delay p95 min": np.median([score["delay_p95_min"] for score in scores]),
    }
    for name, aim in AIMS.items():
        print(f"{name:>15} {measured[name]:6.2f}  aim {aim}  (median over seeds)" if "delay" in name
              else f"{name:>15} {measured[name]:6.2f}  aim {aim}")  # fmt: skip
    print(f"{'caught':>15} {sum(int(a) for a, _ in caught)} of {sum(int(b) for _, b in caught)}")
    print(f"{'slow caught':>15} {sum(int(a) for a, _ in slow)} of {sum(int(b) for _, b in slow)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
