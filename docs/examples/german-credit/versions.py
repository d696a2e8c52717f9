"""The three versions of the model: how each is fitted, and how its threshold is set. The holdout has no say in either."""

import numpy as np
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import StratifiedKFold, train_test_split

from metrics import GROUPS, disparate_impact
from model import logistic, reweighed_boosting, score

SEED = 42
GRID = [step / 100 for step in range(40, 81, 5)]


def split(frame, seed=SEED):
    training, holdout = train_test_split(frame, test_size=0.3, stratify=frame["risk"], random_state=seed)
    return training, holdout


def out_of_fold(fit, training):
    """Each training row, scored by a model that did not see it."""
    probability = np.zeros(len(training))
    for seen, unseen in StratifiedKFold(5, shuffle=True, random_state=SEED).split(training, training["risk"]):
        probability[unseen] = score(fit(training.iloc[seen]), training.iloc[unseen])
    return probability


def best_separation(training, fit):
    probability = out_of_fold(fit, training)
    return max(GRID, key=lambda threshold: balanced_accuracy_score(training["risk"], probability >= threshold))


def best_separation_within_four_fifths(training, fit):
    probability = out_of_fold(fit, training)
    fair = [
        threshold
        for threshold in GRID
        if all(0.8 <= disparate_impact(probability >= threshold, belongs(training)) <= 1.25 for belongs in GROUPS.values())
    ]
    return max(fair, key=lambda threshold: balanced_accuracy_score(training["risk"], probability >= threshold))


def left_at_half(training, fit):
    return 0.5


VERSIONS = {
    "1": {
        "title": "logistic regression on all columns, threshold with the best out-of-fold balanced accuracy",
        "fit": lambda frame: logistic(frame, leave_out=()),
        "threshold": best_separation,
    },
    "2": {
        "title": "logistic regression without sex and age, threshold left at one half",
        "fit": lambda frame: logistic(frame, leave_out=("sex", "age")),
        "threshold": left_at_half,
    },
    "3": {
        "title": "gradient boosting without sex and age, rows reweighed by sex and age, "
        "threshold with the best out-of-fold balanced accuracy among those within the four-fifths rule",
        "fit": lambda frame: reweighed_boosting(frame, leave_out=("sex", "age")),
        "threshold": best_separation_within_four_fifths,
    },
}
