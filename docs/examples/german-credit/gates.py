"""Says what two plain gates make of the evaluations in events.ndjson, and what stricter ones on the intervals would. Needs Python only.

Disparate impact within 0.80 to 1.25, else blocked. Balanced accuracy of 0.65 or more passes, from 0.60 a person must approve, below is blocked.
"""

import json
from pathlib import Path

EXPECTED = {"1": "blocked", "2": "approval required", "3": "cleared"}


def plain(groups, balanced_accuracy):
    if not all(0.8 <= group["disparateImpact"] <= 1.25 for group in groups) or balanced_accuracy < 0.6:
        return "blocked"
    return "cleared" if balanced_accuracy >= 0.65 else "approval required"


def on_intervals(groups, balanced_accuracy):
    outcome = plain(groups, balanced_accuracy)
    sure = all(0.8 <= group["disparateImpactInterval"]["lower"] and group["disparateImpactInterval"]["upper"] <= 1.25 for group in groups)
    return outcome if sure or outcome == "blocked" else "approval required"


def main():
    events = [json.loads(line) for line in open(Path(__file__).parent / "events.ndjson", encoding="utf-8")]
    evaluated = {event["subject"].split("@")[1]: event["data"] for event in events if event["type"] == "dev.muster.version.evaluated.v1"}
    for version, data in evaluated.items():
        asked = data["groups"], data["balancedAccuracy"]
        print(f"version {version}: {plain(*asked)}; with the interval as well: {on_intervals(*asked)}")
    if {version: plain(data["groups"], data["balancedAccuracy"]) for version, data in evaluated.items()} != EXPECTED:
        raise SystemExit(f"expected {EXPECTED}")


if __name__ == "__main__":
    main()
