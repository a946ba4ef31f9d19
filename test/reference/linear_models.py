"""Writes test/fixtures/reference/linear-models.json: elastic net, row weights and standard errors of logistic regression, linear SVM, Platt scaling, naive Bayes and a decision tree, as scikit-learn and NumPy have them. Run: python linear_models.py"""
import json
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.calibration import _sigmoid_calibration
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC
from sklearn.tree import DecisionTreeClassifier

warnings.simplefilter("error")
random = np.random.default_rng(11)

n = 120
X = np.column_stack(
    [
        random.normal(size=n),
        np.exp(random.normal(size=n)),
        random.poisson(2, size=n).astype(float),
        100 + 5 * random.normal(size=n),
        random.normal(size=n),
    ]
).round(4)
X[:, 4] = (X[:, 0] + 0.1 * X[:, 4]).round(4)
y = (X[:, 0] + 0.5 * X[:, 1] - 0.4 * X[:, 2] + random.logistic(size=n) > 0.4).astype(int)
weights = random.integers(0, 4, size=n).astype(float)


def standardise(sample_weight=None):
    return StandardScaler().fit(X, sample_weight=sample_weight)


def coefficients(model):
    return {"coefficients": model.coef_[0].tolist(), "intercept": float(model.intercept_[0])}


def elastic_net(C, l1_ratio):
    model = LogisticRegression(solver="saga", C=C, l1_ratio=l1_ratio, tol=1e-13, max_iter=1_000_000, random_state=0)
    return {"C": C, "l1Ratio": l1_ratio, **coefficients(model.fit(standardise().transform(X), y))}


def weighted():
    model = LogisticRegression(solver="newton-cholesky", C=1.0, tol=1e-12, max_iter=1000)
    return coefficients(model.fit(standardise(weights).transform(X), y, sample_weight=weights))


def standard_errors():
    """Inverse of the information, of a fit with next to no penalty, in the units of the columns."""
    columns = X[:, :4]
    scaler = StandardScaler().fit(columns)
    Z = scaler.transform(columns)
    model = LogisticRegression(solver="newton-cholesky", C=1e10, tol=1e-13, max_iter=1000).fit(Z, y)
    design = np.column_stack([columns, np.ones(n)])
    p = model.predict_proba(Z)[:, 1]
    information = (design.T * (p * (1 - p))) @ design
    slopes = model.coef_[0] / scaler.scale_
    return {
        "coefficients": slopes.tolist(),
        "intercept": float(model.intercept_[0] - slopes @ scaler.mean_),
        "standardErrors": np.sqrt(np.diag(np.linalg.inv(information))).tolist(),
    }


def svm(C, class_weight):
    model = LinearSVC(C=C, class_weight=class_weight, dual=False, tol=1e-14, max_iter=1_000_000)
    return {"C": C, "classWeight": class_weight or "none", **coefficients(model.fit(standardise().transform(X), y))}


def platt():
    scores = X[:, 0] - 0.5 * X[:, 2]
    # Its rate is 1 / (1 + exp(a · score + b)).
    a, b = _sigmoid_calibration(scores, y)
    return {"scores": scores.tolist(), "slope": -float(a), "offset": -float(b)}


def naive_bayes(sample_weight=None):
    model = GaussianNB().fit(standardise(sample_weight).transform(X), y, sample_weight=sample_weight)
    logs = model.predict_joint_log_proba(standardise(sample_weight).transform(X))
    return {"logOdds": (logs[:, 1] - logs[:, 0]).tolist()}


def tree():
    rounded = (X * 2).round() / 2
    model = DecisionTreeClassifier(max_depth=3, min_samples_leaf=8, random_state=0).fit(rounded[:, :3], y)
    return {"columns": rounded[:, :3].T.tolist(), "probabilities": model.predict_proba(rounded[:, :3])[:, 1].tolist()}


fixture = {
    "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
    "columns": X.T.tolist(),
    "labels": y.tolist(),
    "weights": weights.tolist(),
    "elasticNets": [elastic_net(1.0, 0.5), elastic_net(0.1, 1.0), elastic_net(0.05, 0.2), elastic_net(30.0, 0.9)],
    "weighted": weighted(),
    "standardErrors": standard_errors(),
    "svms": [svm(1.0, None), svm(0.01, None), svm(0.1, "balanced")],
    "platt": platt(),
    "naiveBayes": naive_bayes(),
    "weightedNaiveBayes": naive_bayes(weights),
    "tree": tree(),
}
target = Path(__file__).parent.parent / "fixtures" / "reference" / "linear-models.json"
target.write_text(json.dumps(fixture) + "\n")
