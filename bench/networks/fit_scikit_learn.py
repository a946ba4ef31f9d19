"""One fit of scikit-learn's MLPClassifier on a run's examples, with the shape of shape.mjs; prints its seconds as JSON.
One thread. Preparation is timed as Refrain's is: imputation by the median with indicators, standardisation."""
import json
import os
import sys
import time
import warnings
from pathlib import Path

# Refrain's fit is one thread's, and BLAS threads that wait for each other count as work.
os.environ["OMP_NUM_THREADS"] = "1"

import polars
from sklearn.impute import SimpleImputer
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.simplefilter("ignore")
table = polars.read_parquet(Path(sys.argv[1]) / "examples.parquet").sort("cutoff", "user")
labels = table["lost"].to_numpy()
features = table.drop("user", "cutoff", "lost").to_numpy()
network = MLPClassifier(
    (32,), activation="relu", solver="adam", alpha=0, batch_size=128, learning_rate_init=0.001, max_iter=20, n_iter_no_change=1000, random_state=1
)
model = make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler(), network)
wall, cpu = time.perf_counter(), time.process_time()
model.fit(features, labels)
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
parameters = sum(W.size for W in network.coefs_) + sum(b.size for b in network.intercepts_)
print(json.dumps({"wall": wall, "cpu": cpu, "parameters": parameters, "rows": len(labels)}))
