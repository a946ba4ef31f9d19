"""Writes test/fixtures/reference/logistic-regression.json: what scikit-learn fits. Run: python logistic_regression.py"""
import json
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.simplefilter("error")
random = np.random.default_rng(7)


def fit(name, X, y, C, class_weight):
    scaled = StandardScaler()
    pipeline = make_pipeline(
        SimpleImputer(strategy="median", add_indicator=True),
        scaled,
        LogisticRegression(C=C, class_weight=class_weight, solver="newton-cholesky", tol=1e-12, max_iter=1000),
    )
    pipeline.fit(X, y)
    model = pipeline[-1]
    return {
        "name": name,
        "C": C,
        "classWeight": class_weight or "none",
        "columns": [[None if np.isnan(x) else float(x) for x in column] for column in X.T],
        "labels": y.tolist(),
        # Values first, then the indicators of columns with missing values.
        "coefficients": model.coef_[0].tolist(),
        "intercept": float(model.intercept_[0]),
        "probabilities": pipeline.predict_proba(X)[:, 1].tolist(),
    }


n = 150
X = np.column_stack(
    [
        random.normal(size=n),
        np.round(np.exp(random.normal(size=n)), 3),
        random.poisson(2, size=n).astype(float),
        1e9 + random.normal(size=n) * 1e3,
    ]
).round(6)
y = (X[:, 0] + 0.5 * X[:, 1] - 0.4 * X[:, 2] + random.logistic(size=n) > 1.2).astype(int)
missing = X.copy()
missing[random.random(n) < 0.2, 1] = np.nan
missing[random.random(n) < 0.3, 2] = np.nan
separable = np.column_stack([X[:, 0], X[:, 2]])
collinear = np.column_stack([X[:, 0], X[:, 0], 2 * X[:, 0] - X[:, 2], X[:, 2]])

cases = [
    fit("plain", X, y, 1.0, None),
    fit("strong penalty", X, y, 0.01, None),
    fit("weak penalty", X, y, 100.0, None),
    fit("balanced class weights", X, y, 1.0, "balanced"),
    fit("missing values", missing, y, 0.5, None),
    fit("missing values, balanced class weights", missing, y, 2.0, "balanced"),
    fit("separable", separable, (X[:, 0] > 0.1).astype(int), 1.0, None),
    fit("collinear", collinear, y, 10.0, None),
]
target = Path(__file__).parent.parent / "fixtures" / "reference" / "logistic-regression.json"
versions = {"scikit-learn": sklearn.__version__, "numpy": np.__version__}
target.write_text(json.dumps({"versions": versions, "cases": cases}) + "\n")
