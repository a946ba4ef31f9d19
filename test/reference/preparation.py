"""Writes test/fixtures/reference/preparation.json: columns as scikit-learn's scalers transform them. Run: python preparation.py"""
import json
import warnings
from pathlib import Path

import numpy as np
import sklearn
from scipy.stats import norm
from sklearn.preprocessing import MinMaxScaler, PowerTransformer, QuantileTransformer, RobustScaler, StandardScaler

warnings.simplefilter("ignore")
random = np.random.default_rng(3)
n = 60
columns = {
    "skewed": np.exp(random.normal(size=n)).round(3),
    "signed": random.normal(size=n).round(3),
    "counts": random.poisson(1.5, size=n).astype(float),
}
columns["skewed"][[3, 17]] = np.nan
scalers = {
    "standard": StandardScaler(),
    "robust": RobustScaler(),
    "min-max": MinMaxScaler(),
    "yeo-johnson": PowerTransformer(method="yeo-johnson"),
    "quantile": QuantileTransformer(n_quantiles=1000, subsample=None),
    "quantile-normal": QuantileTransformer(n_quantiles=1000, subsample=None, output_distribution="normal"),
}
new = np.array([-50.0, -0.31, 0.0, 0.5, 1.0, 2.25, 3.0, 40.0, np.nan])


def listed(values):
    return [None if np.isnan(x) else float(x) for x in values]


cases = []
for name, column in columns.items():
    for kind, scaler in scalers.items():
        fitted = scaler.fit(column[:, None])
        cases.append({"column": name, "scale": kind, "transformed": listed(fitted.transform(new[:, None])[:, 0])})
probabilities = [1e-300, 1e-12, 1e-7, 0.02, 0.3, 0.5, 0.575, 0.99, 1 - 1e-9]
target = Path(__file__).parent.parent / "fixtures" / "reference" / "preparation.json"
fixture = {
    "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
    "columns": {name: listed(column) for name, column in columns.items()},
    "new": listed(new),
    "cases": cases,
    "normal": {"p": probabilities, "quantile": norm.ppf(probabilities).tolist()},
}
target.write_text(json.dumps(fixture) + "\n")
