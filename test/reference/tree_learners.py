"""Writes test/fixtures/reference/tree-learners.json: fixed data, and how well others' trees rank it. Run: python tree_learners.py"""
import json
from pathlib import Path

import lightgbm
import numpy as np
import sklearn
from lightgbm import LGBMClassifier
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.metrics import log_loss, roc_auc_score

random = np.random.default_rng(11)
n, train = 3000, 1500
latent = random.normal(size=(n, 3))
X = np.column_stack(
    [
        latent[:, 0] + 0.3 * random.normal(size=n),
        np.exp(latent[:, 1]),
        random.poisson(np.exp(0.5 * latent[:, 2])),
        latent[:, 0] * latent[:, 1] + 0.5 * random.normal(size=n),
        random.normal(size=n),
        random.integers(0, 4, size=n),
    ]
).round(2)
score = latent[:, 0] - 0.8 * np.abs(latent[:, 1]) + 0.6 * (X[:, 2] > 1) * latent[:, 0] + random.logistic(size=n)
y = (score > np.quantile(score, 0.85)).astype(int)
X[random.random(n) < 0.15, 1] = np.nan


def judge(makes):
    results = []
    for make in makes:
        model = make.fit(X[:train], y[:train])
        p = model.predict_proba(X[train:])[:, 1]
        results.append((roc_auc_score(y[train:], p), log_loss(y[train:], p)))
    auc, loss = np.mean(results, axis=0)
    return {"rocAuc": float(auc), "logLoss": float(loss)}


seeds = range(5)
shape = dict(num_leaves=15, learning_rate=0.05, n_estimators=100, min_child_samples=20, reg_lambda=1.0)
results = {
    "lightgbm": judge([LGBMClassifier(verbose=-1, n_jobs=1, min_child_weight=0.01, **shape)]),
    "histGradientBoosting": judge(
        [
            HistGradientBoostingClassifier(
                max_leaf_nodes=15, learning_rate=0.05, max_iter=100, min_samples_leaf=20, l2_regularization=1.0,
                early_stopping=False,
            )
        ]
    ),
    "randomForest": judge(
        [RandomForestClassifier(200, min_samples_leaf=10, max_depth=10, random_state=s, n_jobs=1) for s in seeds]
    ),
}
target = Path(__file__).parent.parent / "fixtures" / "reference" / "tree-learners.json"
document = {
    "versions": {
        "scikit-learn": sklearn.__version__,
        "lightgbm": lightgbm.__version__,
        "numpy": np.__version__,
    },
    "train": train,
    "columns": [[None if np.isnan(x) else float(x) for x in column] for column in X.T],
    "labels": y.tolist(),
    "results": results,
}
target.write_text(json.dumps(document) + "\n")
