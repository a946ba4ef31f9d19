"""Fits logistic regression with scikit-learn, once for each line of JSON on stdin; standardising counts as a part of the fit."""
import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

warnings.simplefilter("ignore")
folder = Path(sys.argv[1])
X = np.ascontiguousarray(np.fromfile(folder / "columns.f64").reshape(int(sys.argv[2]), -1).T)
y = np.fromfile(folder / "labels.u8", dtype=np.uint8).astype(np.int64)
standardised = StandardScaler().fit_transform(X)


def objective(beta, C, l1_ratio):
    w, margins = beta[:-1], (2 * y - 1) * (standardised @ beta[:-1] + beta[-1])
    penalty = l1_ratio * np.abs(w).sum() + (1 - l1_ratio) / 2 * (w @ w)
    return float(np.logaddexp(0, -margins).sum() + penalty / C)


for line in sys.stdin:
    task = json.loads(line)
    if "betas" in task:
        answer = [objective(np.array(beta), task["C"], task["l1Ratio"]) for beta in task["betas"]]
    else:
        # Tolerances at which the objectives agree; the difference is printed beside the times.
        tolerance = {"newton-cholesky": 1e-6, "lbfgs": 1e-6, "saga": 1e-7}[task["solver"]]
        start, cpu = time.perf_counter(), time.process_time()
        Z = StandardScaler().fit_transform(X)
        model = LogisticRegression(
            C=task["C"], l1_ratio=task["l1Ratio"], solver=task["solver"], tol=tolerance, max_iter=1000
        ).fit(Z, y)
        answer = {
            "wall": time.perf_counter() - start,
            "cpu": time.process_time() - cpu,
            "beta": [*model.coef_[0].tolist(), float(model.intercept_[0])],
        }
    print(json.dumps(answer), flush=True)
