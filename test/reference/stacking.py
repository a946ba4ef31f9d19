"""Writes fixtures/reference/stacking.json: the weights that SciPy finds for a blend and a stack, of several starts the best.

    pip install scipy==1.17.1
    python test/reference/stacking.py
"""

import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

rng = np.random.default_rng(3)
labels = (rng.random(60) < 0.3).astype(int)
signal = (2 * labels[:, None] - 1) * np.array([0.9, 0.6, 0.2, -0.4])
probabilities = np.round(1 / (1 + np.exp(1 - signal - rng.normal(size=(60, 4)))), 4)
log_odds = np.log(probabilities / (1 - probabilities))


def loss(weights):
    blended = log_odds @ weights
    return np.mean(np.logaddexp(0, np.where(labels == 1, -blended, blended)))


starts = [
    minimize(
        loss,
        rng.dirichlet(np.ones(4)),
        method="SLSQP",
        bounds=[(0, 1)] * 4,
        constraints={"type": "eq", "fun": lambda weights: weights.sum() - 1},
        options={"ftol": 1e-15, "maxiter": 1000},
    )
    for _ in range(20)
]
blend = min(starts, key=lambda found: found.fun)

standardised = (log_odds - log_odds.mean(axis=0)) / log_odds.std(axis=0)


def penalised(weights):
    stacked = standardised @ weights[:4] + weights[4]
    return np.logaddexp(0, np.where(labels == 1, -stacked, stacked)).sum() + (weights[:4] ** 2).sum() / 2


stacks = [
    minimize(
        penalised,
        np.append(rng.random(4), 0),
        method="L-BFGS-B",
        bounds=[(0, None)] * 4 + [(None, None)],
        options={"ftol": 1e-16, "gtol": 1e-12, "maxiter": 10000},
    )
    for _ in range(5)
]
stack = min(stacks, key=lambda found: found.fun)
coefficients = stack.x[:4] / log_odds.std(axis=0)
fixture = {
    "labels": labels.tolist(),
    "probabilities": probabilities.T.tolist(),
    "blend": {"weights": blend.x.tolist(), "loss": blend.fun},
    "stack": {
        "coefficients": coefficients.tolist(),
        "intercept": stack.x[4] - coefficients @ log_odds.mean(axis=0),
    },
}
path = Path(__file__).parent.parent / "fixtures" / "reference" / "stacking.json"
path.write_text(json.dumps(fixture) + "\n")
