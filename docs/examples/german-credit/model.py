"""A fitted model as plain data, and how to score with it.

The artifact is canonical JSON, not a pickle: loading it runs no code, it says all that decides (inputs, weights or trees, threshold), and
its SHA-256 depends on nothing but the model. Numbers are kept to ten significant digits, so that the last bits of a floating-point
library do not change the digest. What is evaluated is the artifact as it is written, never the object in memory that it came from.
"""

import hashlib
import json
import math

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

TARGET = "risk"


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


def short(numbers):
    return [float(f"{number:.10g}") for number in numbers]


def design(frame, leave_out, scaled):
    """The columns of the matrix: first each number (scaled for a linear model), then a 0/1 column for each value of each category."""
    names = [name for name in frame.columns if name != TARGET and name not in leave_out]
    numbers = [name for name in names if frame[name].dtype.kind in "if"]
    columns = []
    for name in numbers:
        mean, deviation = (frame[name].mean(), frame[name].std(ddof=0)) if scaled else (0, 1)
        columns.append({"number": name, "less": short([mean])[0], "by": short([deviation])[0]})
    for name in names:
        if name not in numbers:
            columns.extend({"category": name, "is": value} for value in sorted(frame[name].unique()))
    return columns


def matrix(columns, frame):
    return np.column_stack(
        [
            (frame[c["number"]].to_numpy(float) - c["less"]) / c["by"] if "number" in c else (frame[c["category"]] == c["is"]).to_numpy(float)
            for c in columns
        ]
    )


def logistic(frame, leave_out):
    columns = design(frame, leave_out, scaled=True)
    fitted = LogisticRegression(max_iter=1000).fit(matrix(columns, frame), frame[TARGET])
    artifact = {"kind": "logistic", "columns": columns, "intercept": short(fitted.intercept_)[0], "weights": short(fitted.coef_[0])}
    return agreeing(artifact, fitted, frame)


def reweighed_boosting(frame, leave_out):
    """Gradient boosting on rows weighted so that group (sex by age) and outcome are independent (Kamiran and Calders, 2012)."""
    columns = design(frame, leave_out, scaled=False)
    fitted = GradientBoostingClassifier(n_estimators=150, max_depth=2, learning_rate=0.05, subsample=0.8, random_state=42)
    fitted.fit(matrix(columns, frame), frame[TARGET], sample_weight=weights(frame))
    prior = fitted.init_.class_prior_[1]
    trees = [
        {
            "column": tree.feature.tolist(),
            "atMost": short(tree.threshold),
            "left": tree.children_left.tolist(),
            "right": tree.children_right.tolist(),
            "value": short(tree.value[:, 0, 0] * fitted.learning_rate),
        }
        for tree in (stage[0].tree_ for stage in fitted.estimators_)
    ]
    artifact = {"kind": "boosted-trees", "columns": columns, "intercept": short([math.log(prior / (1 - prior))])[0], "trees": trees}
    return agreeing(artifact, fitted, frame)


def weights(frame):
    group = frame["sex"] + np.where(frame["age"] < 25, "/under-25", "/25-and-over")
    weight = np.zeros(len(frame))
    for g in group.unique():
        for outcome in (0, 1):
            both = (group == g) & (frame[TARGET] == outcome)
            weight[both] = (group == g).mean() * (frame[TARGET] == outcome).mean() / both.mean()
    return weight


def score(artifact, frame):
    """The probability of a good risk, for each row."""
    x = matrix(artifact["columns"], frame)
    margin = np.full(len(frame), artifact["intercept"])
    if artifact["kind"] == "logistic":
        margin += x @ np.array(artifact["weights"])
    else:
        x = x.astype(np.float32)
        for tree in artifact["trees"]:
            margin += leaves(tree, x)
    return 1 / (1 + np.exp(-margin))


def leaves(tree, x):
    """The value of the leaf at which each row ends."""
    column, at_most, left, right, value = (np.array(tree[part]) for part in ("column", "atMost", "left", "right", "value"))
    rows, node = np.arange(len(x)), np.zeros(len(x), int)
    while (left[node] != -1).any():
        below = np.where(x[rows, column[node]] <= at_most[node], left[node], right[node])
        node = np.where(left[node] == -1, node, below)
    return value[node]


def agreeing(artifact, fitted, frame):
    """The artifact, after it was seen to score as the library's own model does."""
    theirs = fitted.predict_proba(matrix(artifact["columns"], frame))[:, 1]
    apart = float(np.abs(score(artifact, frame) - theirs).max())
    if apart > 1e-7:
        raise RuntimeError(f"the written model scores otherwise than the fitted one, by up to {apart}")
    return artifact
