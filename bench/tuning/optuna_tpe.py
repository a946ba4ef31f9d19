"""Optuna's TPE, which asks for losses: a problem on the first line of stdin, then a line out for each fit and its loss in.

Problem: {space, defaults, weights, fits, seed, pruner}. Fit: {settings, fold}. At the end: {best}.
"""

import json
import sys

import optuna


def suggest(trial, name, dimension):
    if dimension["kind"] == "choice":
        return trial.suggest_categorical(name, dimension["values"])
    kind = trial.suggest_int if dimension["kind"] == "integer" else trial.suggest_float
    return kind(name, dimension["low"], dimension["high"], log=dimension["scale"] == "log")


def loss_of(settings, fold):
    print(json.dumps({"settings": settings, "fold": fold}), flush=True)
    return json.loads(sys.stdin.readline())


def run_trial(trial, problem):
    """Gives the mean loss, or None where the pruner stopped the trial, and how many fits it took."""
    settings = {name: suggest(trial, name, dimension) for name, dimension in problem["space"].items()}
    total = weight = 0.0
    for fold, share in enumerate(problem["weights"]):
        total += share * loss_of(settings, fold)
        weight += share
        trial.report(total / weight, fold)
        if fold + 1 < len(problem["weights"]) and trial.should_prune():
            return None, fold + 1
    return total, len(problem["weights"])


def main():
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    problem = json.loads(sys.stdin.readline())
    pruners = {"median": optuna.pruners.MedianPruner, "none": optuna.pruners.NopPruner}
    study = optuna.create_study(
        direction="minimize",
        sampler=optuna.samplers.TPESampler(seed=problem["seed"]),
        pruner=pruners[problem["pruner"]](),
    )
    study.enqueue_trial(problem["defaults"])
    used = 0
    best = float("inf")
    while used + len(problem["weights"]) <= problem["fits"]:
        trial = study.ask()
        loss, fits = run_trial(trial, problem)
        used += fits
        if loss is None:
            study.tell(trial, state=optuna.trial.TrialState.PRUNED)
            continue
        study.tell(trial, loss)
        best = min(best, loss)
    print(json.dumps({"best": best}), flush=True)


main()
