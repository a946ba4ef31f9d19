"""Optuna's TPE asks here for losses: a problem in on the first line of stdin, then a line out for each fit and its loss in.

Problem: {space, defaults, weights, fits, seed, pruner}. Fit: {"settings", "fold"}. At the end {"done": [[fits, loss], ...]}.
"""

import json
import sys

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)


def suggest(trial, name, dimension):
    if dimension["kind"] == "choice":
        return trial.suggest_categorical(name, dimension["values"])
    log = dimension["scale"] == "log"
    kind = trial.suggest_int if dimension["kind"] == "integer" else trial.suggest_float
    return kind(name, dimension["low"], dimension["high"], log=log)


def main():
    problem = json.loads(sys.stdin.readline())
    weights = problem["weights"]
    sampler = optuna.samplers.TPESampler(seed=problem["seed"])
    pruner = optuna.pruners.MedianPruner() if problem["pruner"] == "median" else optuna.pruners.NopPruner()
    study = optuna.create_study(direction="minimize", sampler=sampler, pruner=pruner)
    study.enqueue_trial({k: v for k, v in problem["defaults"].items() if k in problem["space"]}, skip_if_exists=True)
    used = 0
    curve = []
    best = float("inf")

    def loss_of(settings, fold):
        print(json.dumps({"settings": settings, "fold": fold}), flush=True)
        return json.loads(sys.stdin.readline())

    while used + len(weights) <= problem["fits"]:
        trial = study.ask()
        settings = {name: suggest(trial, name, d) for name, d in problem["space"].items()}
        total = 0.0
        weight = 0.0
        pruned = False
        for fold, share in enumerate(weights):
            total += share * loss_of(settings, fold)
            weight += share
            used += 1
            trial.report(total / weight, fold)
            if fold + 1 < len(weights) and trial.should_prune():
                pruned = True
                break
        if pruned:
            study.tell(trial, state=optuna.trial.TrialState.PRUNED)
            continue
        study.tell(trial, total)
        best = min(best, total)
        curve.append([used, best])
    print(json.dumps({"done": curve}), flush=True)


main()
