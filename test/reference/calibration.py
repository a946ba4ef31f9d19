"""Writes test/fixtures/reference/calibration.json: what scikit-learn makes of calibration rows.

    python test/reference/calibration.py

Needs numpy and scikit-learn (1.7).
"""

import json
from pathlib import Path

import numpy as np
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(17)
rows = 160
# With ties; too far apart at the low end, too near at the high one.
probabilities = np.clip(np.round(rng.beta(0.9, 2, rows), 2), 0.001, 0.999)
truth = 1 / (1 + np.exp(-(0.5 * np.log(probabilities) - 2 * np.log1p(-probabilities) - 0.3)))
labels = (rng.random(rows) < truth).astype(int)
weights = rng.integers(1, 4, rows).astype(float)
log_odds = np.log(probabilities / (1 - probabilities))


# Of which those with high predictions are less likely to be lost than those with middling ones.
saturated = (rng.random(rows) < np.where(probabilities > 0.6, 0.2, probabilities)).astype(int)


def targets(w, labels):
    lost, stayed = w[labels == 1].sum(), w[labels == 0].sum()
    return np.where(labels == 1, (lost + 1) / (lost + 2), 1 / (stayed + 2)), 1 / (stayed + 2), (lost + 1) / (lost + 2)


def logistic(columns, w, labels):
    """Logistic regression on targets between 0 and 1: every row once with each label."""
    t, _, _ = targets(w, labels)
    model = LogisticRegression(C=np.inf, tol=1e-12, max_iter=10_000)
    model.fit(np.vstack([columns, columns]), np.repeat([1, 0], rows), np.concatenate([w * t, w * (1 - t)]))
    if (model.coef_ >= 0).all():
        return [*model.coef_[0], model.intercept_[0]]
    # As the authors of beta calibration do: without the column that would turn the model round.
    kept = model.coef_[0] >= 0
    *few, intercept = logistic(columns[:, kept], w, labels)
    return [*np.where(kept, few, 0), intercept]


beta_columns = np.column_stack([np.log(probabilities), -np.log1p(-probabilities)])


def calibrators(w):
    _, lowest, highest = targets(w, labels)
    isotonic = IsotonicRegression(y_min=lowest, y_max=highest).fit(log_odds, labels, w).predict(log_odds)
    # Centred: the mean log-odds of each block of equal value, joined by straight lines.
    values = np.unique(isotonic)
    centres = [np.average(log_odds[isotonic == v], weights=w[isotonic == v]) for v in values]
    return {
        "platt": logistic(log_odds[:, None], w, labels),
        "beta": logistic(beta_columns, w, labels),
        "steps": isotonic.tolist(),
        "centred": np.interp(log_odds, centres, values).tolist(),
    }


result = {
    "labels": labels.tolist(),
    "probabilities": probabilities.tolist(),
    "weights": weights.tolist(),
    "saturated": {"labels": saturated.tolist(), "beta": logistic(beta_columns, np.ones(rows), saturated)},
    "plain": calibrators(np.ones(rows)),
    "weighted": calibrators(weights),
}
path = Path(__file__).parent.parent / "fixtures" / "reference" / "calibration.json"
path.write_text(json.dumps(result) + "\n")
print(result["plain"]["platt"], result["plain"]["beta"], len(set(result["plain"]["steps"])))
print(result["saturated"]["beta"])
print(result["weighted"]["platt"], result["weighted"]["beta"])
