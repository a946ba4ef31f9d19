"""peer.py FOLDER: the same with LightGBM's path-dependent TreeSHAP (pred_contrib), one thread: fits trees of the same size on the table
in the folder, and prints a JSON line with leaves a tree, seconds and processor seconds of each."""
import json
import os
import sys
import time
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"

import lightgbm
import numpy as np

folder = Path(sys.argv[1])
meta = json.loads((folder / "meta.json").read_text())
table = np.ascontiguousarray(np.fromfile(folder / "columns.f64").reshape(len(meta["levels"]), meta["rows"]).T)
labels = np.fromfile(folder / "labels.u8", dtype=np.uint8)

shared = {"n_estimators": 200, "min_child_samples": 20, "n_jobs": 1, "verbose": -1, "random_state": 1}
boosting = {**shared, "learning_rate": 0.05, "max_depth": 10, "reg_lambda": 20, "subsample": 0.5, "subsample_freq": 1, "colsample_bytree": 0.3}
forest = {
    **shared, "boosting_type": "rf", "num_leaves": 1024, "max_depth": 10, "subsample": 0.632, "subsample_freq": 1,
    "feature_fraction_bynode": table.shape[1] ** -0.5,
}
told = []
for settings in ({**boosting, "num_leaves": 10}, {**boosting, "num_leaves": 31}, forest):
    model = lightgbm.LGBMClassifier(**settings).fit(table, labels)
    leaves = [tree["num_leaves"] for tree in model.booster_.dump_model()["tree_info"]]
    wall, cpu = time.perf_counter(), time.process_time()
    model.predict(table, pred_contrib=True)
    told.append(
        {"leaves": sum(leaves) / len(leaves), "seconds": time.perf_counter() - wall, "cpuSeconds": time.process_time() - cpu}
    )
print(json.dumps(told))
