"""Writes fixtures/reference/evaluation.json: what scikit-learn, statsmodels and lifelines say of fixed data.

    pip install scikit-learn==1.9.1 statsmodels==0.15.0 lifelines==0.30.3
    python test/reference/evaluation.py
"""

import json
from pathlib import Path

import lifelines
import numpy as np
import sklearn
import statsmodels
from sklearn import metrics
from statsmodels.stats.proportion import proportion_confint


def classification(name, labels, scores, threshold):
    decided = (scores >= threshold).astype(int)
    false_positive_rate, true_positive_rate, _ = metrics.roc_curve(labels, scores, drop_intermediate=False)
    precision, recall, _ = metrics.precision_recall_curve(labels, scores)
    return {
        "name": name,
        "labels": labels.tolist(),
        "scores": scores.tolist(),
        "threshold": threshold,
        "metrics": {
            "rocAuc": metrics.roc_auc_score(labels, scores),
            "averagePrecision": metrics.average_precision_score(labels, scores),
            "f1": metrics.f1_score(labels, decided),
            "weightedF1": metrics.f1_score(labels, decided, average="weighted"),
            "precision": metrics.precision_score(labels, decided),
            "recall": metrics.recall_score(labels, decided),
            "accuracy": metrics.accuracy_score(labels, decided),
            "logLoss": metrics.log_loss(labels, scores),
            "brier": metrics.brier_score_loss(labels, scores),
        },
        "confusion": metrics.confusion_matrix(labels, decided).tolist(),
        "roc": np.column_stack([false_positive_rate, true_positive_rate]).tolist(),
        # By rising recall, without the (0, 1) that scikit-learn appends.
        "precisionRecall": np.column_stack([recall, precision])[-2::-1].tolist(),
    }


def classifications(random):
    def draw(rows, share):
        labels = (random.random(rows) < share).astype(int)
        return labels, np.clip(random.beta(1.5, 6, rows) + 0.15 * labels * random.random(rows), 0, 1)

    labels, scores = draw(120, 0.3)
    yield classification("distinct scores", labels, scores, 0.3)
    labels, scores = draw(150, 0.25)
    yield classification("many ties", labels, np.round(scores, 1), 0.3)
    yield classification("certain and wrong", np.array([1, 0, 1, 0, 0]), np.array([0.0, 1.0, 1.0, 0.0, 0.5]), 0.5)
    yield classification("all scores equal", np.array([1, 0, 0, 1, 0]), np.full(5, 0.4), 0.4)
    labels, scores = draw(90, 0.06)
    yield classification("rare positives", labels, np.round(scores, 2), 0.25)


def survival(name, durations, lost, entries=None):
    fitter = lifelines.KaplanMeierFitter().fit(durations, lost, entry=entries)
    days = sorted(set(durations))
    table = fitter.event_table
    limits = fitter.confidence_interval_
    # Who enters on a day is at risk from the next on, but for those that enter first of all.
    late_entrance = table.entrance.where(table.index > table.index.min(), 0)
    return {
        "name": name,
        "durations": durations,
        "lost": lost,
        **({} if entries is None else {"entries": entries}),
        "points": [
            {
                "day": day,
                "atRisk": int(table.at_risk[day] - late_entrance[day]),
                "lost": int(table.observed[day]),
                "censored": int(table.censored[day]),
                "value": fitter.survival_function_.iloc[:, 0][day],
                "low": limits.iloc[:, 0][day],
                "high": limits.iloc[:, 1][day],
            }
            for day in days
        ],
    }


def survivals(random):
    yield survival(
        "textbook",
        [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35],
        [1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    )
    durations = random.integers(0, 30, 80)
    yield survival("first day and ties", durations.tolist(), (random.random(80) < 0.4).astype(int).tolist())
    entries = random.integers(0, 40, 80)
    yield survival(
        "delayed entry",
        (entries + 1 + random.integers(0, 60, 80)).tolist(),
        (random.random(80) < 0.4).astype(int).tolist(),
        entries.tolist(),
    )


def main():
    random = np.random.default_rng(20181001)
    counts = [(0, 1), (1, 1), (0, 12), (5, 12), (12, 12), (52, 225), (5003, 22278), (1, 100000)]
    reference = {
        "versions": {
            "scikit-learn": sklearn.__version__,
            "statsmodels": statsmodels.__version__,
            "lifelines": lifelines.__version__,
            "numpy": np.__version__,
        },
        "classification": list(classifications(random)),
        "wilson": [
            {"successes": k, "trials": n, "limits": list(proportion_confint(k, n, method="wilson"))}
            for k, n in counts
        ],
        "survival": list(survivals(random)),
    }
    path = Path(__file__).parent.parent / "fixtures" / "reference" / "evaluation.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(reference, allow_nan=False) + "\n")


if __name__ == "__main__":
    main()
