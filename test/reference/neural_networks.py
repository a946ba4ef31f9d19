"""Writes test/fixtures/reference/neural-networks.json: Adam's steps and predictions of scikit-learn's MLPClassifier from given
weights, on the whole batch. Run: python neural_networks.py"""
import json
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.neural_network import MLPClassifier

warnings.simplefilter("ignore")
random = np.random.default_rng(5)
ROWS, INPUTS, HIDDEN, STEPS, RATE = 30, 4, (5, 3), 25, 0.05
X = random.normal(size=(ROWS, INPUTS))
y = (X[:, 0] * X[:, 1] + 0.3 * random.normal(size=ROWS) > 0).astype(int)

model = MLPClassifier(
    HIDDEN, activation="logistic", solver="adam", alpha=0, batch_size=ROWS, shuffle=False, learning_rate_init=RATE, random_state=1
)
model.partial_fit(X, y, classes=[0, 1])
model.coefs_ = [random.normal(size=W.shape) for W in model.coefs_]
model.intercepts_ = [random.normal(size=b.shape) for b in model.intercepts_]
del model._optimizer


def layers():
    # scikit-learn keeps weights by input; Refrain by unit.
    return [{"weights": W.T.tolist(), "biases": b.tolist()} for W, b in zip(model.coefs_, model.intercepts_)]


before = {"layers": layers(), "probabilities": model.predict_proba(X)[:, 1].tolist()}
for _ in range(STEPS):
    model.partial_fit(X, y)
after = {"layers": layers(), "probabilities": model.predict_proba(X)[:, 1].tolist()}

path = Path(__file__).parent.parent / "fixtures/reference/neural-networks.json"
path.write_text(
    json.dumps(
        {
            "scikit-learn": sklearn.__version__,
            "steps": STEPS,
            "learningRate": RATE,
            "rows": X.tolist(),
            "labels": y.tolist(),
            "before": before,
            "after": after,
        }
    )
    + "\n"
)
