"""The flake rate of probes, learnt."""

import numpy as np

from headrace.watch.alert.flake_rate import PRIOR_RATE, FlakeRates

ROUNDS_AN_HOUR = 12


def learn(days: int, own: list[float], more: dict[int, float]) -> FlakeRates:
    """The rates after days on which probes failed at their own rate, and more in some hours."""
    random = np.random.default_rng(3)
    rates = FlakeRates(len(own))
    for _ in range(days):
        for hour in range(24):
            for _ in range(ROUNDS_AN_HOUR):
                failed = random.random(len(own)) < np.array(own) + more.get(hour, 0.0)
                rates.learn(hour, failed.astype(float), np.ones(len(own)))
    return rates


def test_a_probe_that_nothing_is_known_of_has_the_prior_rate() -> None:
    assert [PRIOR_RATE] * 3 == FlakeRates(3).at(12).tolist()


def test_each_probe_has_its_own_rate() -> None:
    learnt = learn(60, [0.001, 0.02], {}).at(12)

    np.testing.assert_allclose([0.001, 0.02], learnt, rtol=0.4)


def test_a_busy_hour_adds_to_all_of_them() -> None:
    """What an hour adds is learnt from all probes together, so that it is known after a few nights."""
    learnt = learn(60, [0.003] * 12, {2: 0.02})

    np.testing.assert_allclose(0.023, learnt.at(2).mean(), rtol=0.3)
    np.testing.assert_allclose(0.003, learnt.at(12).mean(), rtol=0.3)


def test_what_was_not_innocent_teaches_nothing() -> None:
    rates = FlakeRates(1)
    for _ in range(1_000):
        rates.learn(5, np.ones(1), np.zeros(1))

    assert [PRIOR_RATE] == rates.at(5).tolist()
