"""Writes fixtures/reference/blend.json: the weights that SciPy finds for a blend, of several starts the best.

    pip install scipy==1.17.1
    python test/reference/blend.py
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
best = min(starts, key=lambda found: found.fun)
fixture = {
    "labels": labels.tolist(),
    "probabilities": probabilities.T.tolist(),
    "weights": best.x.tolist(),
    "loss": best.fun,
}
path = Path(__file__).parent.parent / "fixtures" / "reference" / "blend.json"
path.write_text(json.dumps(fixture) + "\n")
