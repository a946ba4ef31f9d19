"""Writes fixtures/reference/survival.json: what scikit-survival and lifelines say of fixed data.

    pip install scikit-survival==0.28.0 lifelines==0.30.3
    python test/reference/survival.py
"""

import json
from pathlib import Path

import lifelines
import numpy as np
from sksurv.metrics import brier_score, cumulative_dynamic_auc, integrated_brier_score
from sksurv.nonparametric import cumulative_incidence_competing_risks
from sksurv.util import Surv


def risks(name, random, days, censored, ties):
    rows = 60
    times = np.ceil(random.exponential(20, rows)).clip(1, 39)
    lost = random.random(rows) >= censored
    # Scikit-survival weighs by the censoring at every loss: beyond the last censored row it has none.
    times[0], lost[0] = 45, True
    strength = np.linspace(-1, 1, rows) - times / 60 + random.normal(0, 0.3, rows)
    if ties:
        strength = strength.round()
    estimates = np.column_stack([1 - np.exp(-day / 30 * np.exp(strength)) for day in days])
    known = Surv.from_arrays(lost, times)
    return {
        "name": name,
        "times": times.tolist(),
        "lost": lost.astype(int).tolist(),
        "days": days,
        "risks": estimates.T.tolist(),
        "brier": brier_score(known, known, 1 - estimates, days)[1].tolist(),
        "integratedBrier": integrated_brier_score(known, known, 1 - estimates, days),
        "rocAuc": cumulative_dynamic_auc(known, known, estimates, days)[0].tolist(),
    }


def incidence(name, durations, causes):
    count = max(causes)
    days, shares, limits = cumulative_incidence_competing_risks(
        np.array(causes), np.array(durations, dtype=float), conf_type="log-log"
    )
    return {
        "name": name,
        "durations": durations,
        "causes": causes,
        "days": days.tolist(),
        "incidence": shares[1:].tolist(),
        "low": limits[1:, 0].tolist(),
        "high": limits[1:, 1].tolist(),
        "lifelines": [last_of_lifelines(durations, causes, cause) for cause in range(1, count + 1)],
    }


def last_of_lifelines(durations, causes, cause):
    """Its Aalen-Johansen moves ties apart by chance; without ties it is the same estimate."""
    if len(set(durations)) < len(durations):
        return None
    fitter = lifelines.AalenJohansenFitter(calculate_variance=False).fit(durations, causes, cause)
    return float(fitter.cumulative_density_.iloc[-1, 0])


def main():
    random = np.random.default_rng(7)
    tied = random.integers(1, 25, 70)
    causes = random.integers(0, 4, 70)
    apart = random.permutation(np.arange(1, 41))
    reference = {
        "risks": [
            risks("some censored, no two risks alike", random, [5, 10, 20, 30], 0.4, False),
            risks("most censored, many risks alike", random, [3, 7, 14], 0.75, True),
            risks("none censored", random, [2, 9], 0, False),
        ],
        "incidence": [
            incidence("three causes and many ties", tied.tolist(), causes.tolist()),
            incidence("two causes, no ties", apart.tolist(), random.integers(0, 3, 40).tolist()),
        ],
    }
    path = Path(__file__).parent.parent / "fixtures" / "reference" / "survival.json"
    path.write_text(json.dumps(reference, allow_nan=False) + "\n")


if __name__ == "__main__":
    main()
