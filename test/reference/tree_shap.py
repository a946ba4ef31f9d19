"""Writes test/fixtures/reference/tree-shap.json: a forest of scikit-learn's and the shap package's values. Run: python tree_shap.py"""
import json
from pathlib import Path

import numpy as np
import shap
import sklearn
from sklearn.ensemble import RandomForestClassifier

random = np.random.default_rng(3)
n = 200
# Numbers that a 32-bit float holds exactly, since scikit-learn compares in that precision.
X = (random.integers(-64, 64, size=(n, 5)) / 16).astype(np.float64)
y = (X[:, 0] * X[:, 1] + X[:, 2] + random.normal(size=n) > 1).astype(int)
forest = RandomForestClassifier(4, max_depth=7, min_samples_leaf=2, random_state=1).fit(X, y)


def export(tree):
    leaf = tree.children_left < 0
    share = tree.value[:, 0, 1] / tree.value[:, 0, :].sum(axis=1)
    return {
        "feature": np.where(leaf, -1, tree.feature).tolist(),
        "threshold": np.where(leaf, 0, tree.threshold).tolist(),
        "missing": [0] * len(leaf),
        "right": np.where(leaf, 0, tree.children_right).tolist(),
        "value": np.where(leaf, share, 0).tolist(),
        "cover": tree.weighted_n_node_samples.tolist(),
    }


rows = X[:25]
explainer = shap.TreeExplainer(forest, feature_perturbation="tree_path_dependent")
target = Path(__file__).parent.parent / "fixtures" / "reference" / "tree-shap.json"
document = {
    "versions": {"shap": shap.__version__, "scikit-learn": sklearn.__version__, "numpy": np.__version__},
    "model": {
        "kind": "random-forest",
        "features": [f"f{j}" for j in range(5)],
        "trees": [export(estimator.tree_) for estimator in forest.estimators_],
    },
    "columns": rows.T.tolist(),
    "probabilities": forest.predict_proba(rows)[:, 1].tolist(),
    "base": float(explainer.expected_value[1]),
    # By row, by feature.
    "values": explainer.shap_values(rows)[:, :, 1].tolist(),
}
target.write_text(json.dumps(document) + "\n")
