"""The documents that belong to a version: a model card for people, and a test report with every figure of the evaluation."""

import json


def model_card(version, title, threshold, artifact, evaluation):
    groups = "\n".join(
        f"| {g['attribute']}: {g['group']} | {g['rows']} | {g['disparateImpact']:.3f} {span(g['disparateImpactInterval'])} "
        f"| {g['equalOpportunityDifference']:+.3f} {span(g['equalOpportunityDifferenceInterval'])} |"
        for g in evaluation["groups"]
    )
    inputs = sorted({column.get("number") or column["category"] for column in artifact["columns"]})
    return f"""# Model card: german-credit, version {version}

**What it is.** {title[0].upper()}{title[1:]}. An applicant is approved from a score of {threshold:.2f}.

**Meant for.** Showing how a deployment is governed. It is not fit for lending to anybody.

**Inputs.** {', '.join(inputs)}.

**On the holdout** ({evaluation['rows']} rows, 95% bootstrap intervals):
AUC {evaluation['auc']:.3f} {span(evaluation['aucInterval'])}, balanced accuracy {evaluation['balancedAccuracy']:.3f}, \
expected calibration error {evaluation['calibrationError']:.3f}.

| group against all others | rows | disparate impact | equal-opportunity difference |
|---|---|---|---|
{groups}

**Limits.** 1,000 loans published in 1994, one holdout, few applicants under 25: the intervals are wide. The `sex` column is unreliable.
"""


def test_report(version, evaluation, dataset):
    return json.dumps({"model": "german-credit", "version": version, "dataset": dataset, **evaluation}, indent=2) + "\n"


def span(interval):
    return f"[{interval['lower']:.3f}, {interval['upper']:.3f}]"
