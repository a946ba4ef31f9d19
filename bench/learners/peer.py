"""peer.py FOLDER LEARNER THREADS FITS: fits on the table in the folder, first cold and then warm, and prints a JSON line: seconds and
CPU seconds of each fit, rows predicted a second by one thread, ROC AUC and average precision."""
import json
import os
import sys
import time
from pathlib import Path

folder, learner, threads, fits = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
os.environ["OMP_NUM_THREADS"] = str(threads)

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

meta = json.loads((folder / "meta.json").read_text())
table = np.fromfile(folder / "columns.f64").reshape(len(meta["levels"]), meta["rows"]).T
labels = np.fromfile(folder / "labels.u8", dtype=np.uint8)
cut = meta["train"]
categories = [j for j, count in enumerate(meta["levels"]) if count > 0]
train, test = np.ascontiguousarray(table[:cut]), np.ascontiguousarray(table[cut:])
y, y_test = labels[:cut], labels[cut:]
del table


def fit_lightgbm():
    import lightgbm

    model = lightgbm.LGBMClassifier(
        n_estimators=200, num_leaves=31, learning_rate=0.1, min_child_samples=20, max_bin=255, n_jobs=threads, verbose=-1
    )
    return model.fit(train, y, categorical_feature=categories) if categories else model.fit(train, y)


def fit_hist_gradient_boosting():
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=200, max_leaf_nodes=31, learning_rate=0.1, min_samples_leaf=20, early_stopping=False,
        categorical_features=categories or None,
    )
    return model.fit(train, y)


def fit_forest():
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(100, max_depth=12, min_samples_leaf=10, n_jobs=threads, random_state=1).fit(train, y)


def fit_extra_trees():
    from sklearn.ensemble import ExtraTreesClassifier

    return ExtraTreesClassifier(100, max_depth=12, min_samples_leaf=10, n_jobs=threads, random_state=1).fit(train, y)


fit = {
    "lightgbm": fit_lightgbm,
    "hist-gradient-boosting": fit_hist_gradient_boosting,
    "forest": fit_forest,
    "extra-trees": fit_extra_trees,
}[learner]
walls, cpus = [], []
for _ in range(fits):
    wall, cpu = time.perf_counter(), time.process_time()
    model = fit()
    walls.append(time.perf_counter() - wall)
    cpus.append(time.process_time() - cpu)
if hasattr(model, "n_jobs"):
    model.n_jobs = 1
times = -(-50_000 // len(test))
wall, cpu = time.perf_counter(), time.process_time()
for _ in range(times):
    p = model.predict_proba(test)[:, 1]
predict = {"seconds": time.perf_counter() - wall, "cpuSeconds": time.process_time() - cpu}
print(
    json.dumps(
        {
            "seconds": walls,
            "cpuSeconds": cpus,
            "predict": {**predict, "rows": len(p) * times},
            "rocAuc": roc_auc_score(y_test, p),
            "averagePrecision": average_precision_score(y_test, p),
        }
    )
)
