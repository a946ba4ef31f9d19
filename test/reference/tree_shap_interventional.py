"""Writes test/fixtures/reference/tree-shap-interventional.json: boosting of LightGBM's, with missing values, and the shap package's interventional values. Run: python tree_shap_interventional.py"""
import json
from pathlib import Path

import lightgbm
import numpy as np
import shap

random = np.random.default_rng(4)
n = 300
X = (random.integers(-64, 64, size=(n, 5)) / 16).astype(np.float64)
X[random.random(n) < 0.2, 3] = np.nan
y = (X[:, 0] * X[:, 1] + X[:, 2] + np.nan_to_num(X[:, 3], nan=2) + random.normal(size=n) > 1).astype(int)
model = lightgbm.LGBMClassifier(n_estimators=6, num_leaves=9, min_child_samples=5, learning_rate=0.3, verbose=-1).fit(X, y)


def export(node, tree):
    at = len(tree["feature"])
    inner = "split_feature" in node
    tree["feature"].append(node["split_feature"] if inner else -1)
    tree["threshold"].append(node["threshold"] if inner else 0)
    tree["missing"].append(int(inner and not node["default_left"]))
    tree["right"].append(0)
    tree["value"].append(0 if inner else node["leaf_value"])
    tree["cover"].append(node["internal_count"] if inner else node["leaf_count"])
    if inner:
        export(node["left_child"], tree)
        tree["right"][at] = len(tree["feature"])
        export(node["right_child"], tree)
    return tree


names = ["feature", "threshold", "missing", "right", "value", "cover"]
dump = model.booster_.dump_model()["tree_info"]
trees = [export(info["tree_structure"], {name: [] for name in names}) for info in dump]
# A feature without missing values in training has none here: its default direction says nothing.
has_missing = np.isnan(X).any(axis=0)
for tree in trees:
    tree["missing"] = [m if f >= 0 and has_missing[f] else 0 for f, m in zip(tree["feature"], tree["missing"])]
rows, background = X[:20], X[100:140]
explainer = shap.TreeExplainer(model, background, feature_perturbation="interventional", model_output="raw")
values = explainer.shap_values(rows)
target = Path(__file__).parent.parent / "fixtures" / "reference" / "tree-shap-interventional.json"
columns = lambda matrix: [[None if np.isnan(x) else float(x) for x in column] for column in matrix.T]
document = {
    "versions": {"shap": shap.__version__, "lightgbm": lightgbm.__version__, "numpy": np.__version__},
    "model": {"kind": "gradient-boosting", "features": [f"f{j}" for j in range(5)], "base": 0, "trees": trees},
    "columns": columns(rows),
    "background": columns(background),
    "logOdds": model.predict(rows, raw_score=True).tolist(),
    "base": float(np.ravel(explainer.expected_value)[-1]),
    # By row, by feature.
    "values": np.asarray(values[-1] if isinstance(values, list) else values).tolist(),
}
target.write_text(json.dumps(document) + "\n")
