"""What an evaluation reports: separation, calibration, and how groups of people fare, each with a bootstrap interval where it matters."""

import numpy as np
from sklearn.metrics import balanced_accuracy_score, f1_score, roc_auc_score

BOOTSTRAPS = 2000

GROUPS = {
    ("age", "under-25"): lambda frame: (frame["age"] < 25).to_numpy(),
    ("sex", "female"): lambda frame: (frame["sex"] == "female").to_numpy(),
}


def disparate_impact(approved, member):
    """Approval rate of the group divided by that of everybody else."""
    return approved[member].mean() / approved[~member].mean()


def equal_opportunity_difference(approved, good, member):
    """Approval rate of the group's good risks less that of everybody else's."""
    return approved[member & good].mean() - approved[~member & good].mean()


def calibration_error(good, probability, bins=10):
    """Expected calibration error: how far the promised rate is from the observed one, in ten bins of equal width."""
    bin_of = np.minimum((probability * bins).astype(int), bins - 1)
    return sum((bin_of == b).mean() * abs(probability[bin_of == b].mean() - good[bin_of == b].mean()) for b in np.unique(bin_of))


def evaluate(frame, probability, threshold, bootstraps=BOOTSTRAPS):
    good = (frame["risk"] == 1).to_numpy()
    approved = probability >= threshold
    samples = [np.random.default_rng([42, b]).integers(0, len(frame), len(frame)) for b in range(bootstraps)]

    def interval(measure):
        values = [measure(rows) for rows in samples]
        lower, upper = np.nanpercentile(values, [2.5, 97.5])
        return {"lower": figure(lower), "upper": figure(upper)}

    groups = []
    for (attribute, name), belongs in GROUPS.items():
        member = belongs(frame)
        groups.append(
            {
                "attribute": attribute,
                "group": name,
                "rows": int(member.sum()),
                "otherRows": int((~member).sum()),
                "selectionRate": figure(approved[member].mean()),
                "otherSelectionRate": figure(approved[~member].mean()),
                "disparateImpact": figure(disparate_impact(approved, member)),
                "disparateImpactInterval": interval(lambda rows: disparate_impact(approved[rows], member[rows])),
                "equalOpportunityDifference": figure(equal_opportunity_difference(approved, good, member)),
                "equalOpportunityDifferenceInterval": interval(
                    lambda rows: equal_opportunity_difference(approved[rows], good[rows], member[rows])
                ),
            }
        )
    return {
        "rows": len(frame),
        "threshold": threshold,
        "auc": figure(roc_auc_score(good, probability)),
        "aucInterval": interval(lambda rows: roc_auc_score(good[rows], probability[rows])),
        "accuracy": figure((approved == good).mean()),
        "balancedAccuracy": figure(balanced_accuracy_score(good, approved)),
        "f1": figure(f1_score(good, approved)),
        "calibrationError": figure(calibration_error(good, probability)),
        "groups": groups,
    }


def farthest(groups, name, neutral):
    return max((group[name] for group in groups), key=lambda value: abs(value - neutral))


def figure(value):
    return round(float(value), 4)
