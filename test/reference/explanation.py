"""Writes test/fixtures/reference/explanation.json: scikit-learn's partial dependence and permutation importance of a fixed logistic
model. Run: python explanation.py"""
import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.inspection import partial_dependence, permutation_importance
from sklearn.linear_model import LogisticRegression

random = np.random.default_rng(3)
ROWS = 120
X = random.normal(size=(ROWS, 3)).round(4)
X[:, 1] = (X[:, 0] + X[:, 1]).round(4)
y = (X[:, 0] - 0.5 * X[:, 2] + random.normal(size=ROWS) > 0.8).astype(int)
model = LogisticRegression(C=10).fit(X, y)
curve = partial_dependence(model, X, [0], method="brute", response_method="predict_proba", grid_resolution=9)
importance = permutation_importance(model, X, y, scoring="average_precision", n_repeats=400, random_state=1)

path = Path(__file__).parent.parent / "fixtures/reference/explanation.json"
path.write_text(
    json.dumps(
        {
            "scikit-learn": sklearn.__version__,
            "columns": X.T.tolist(),
            "labels": y.tolist(),
            "coefficients": model.coef_[0].tolist(),
            "intercept": float(model.intercept_[0]),
            "grid": curve["grid_values"][0].tolist(),
            "partialDependence": curve["average"][0].tolist(),
            "importance": importance.importances_mean.tolist(),
            "importanceError": (importance.importances_std / np.sqrt(400)).tolist(),
        }
    )
    + "\n"
)
