# The starter policies of infra/policies/starter, written by hand in Rego: for the same facts they lead to the same status.
#
# A fact that is missing is missing in the input, so that what reads it is undefined, and `not` takes it for a fault: unknown is not a pass.
# Instants are milliseconds, since the SDK for JavaScript brings no `time.*`. It does not explain: it names the rules, and no values.
package gate

default status := "cleared"

status := "blocked" if count(block) > 0

else := "approval-required" if count(ask) > 0

decision := {"status": status, "reasons": (block | ask)}

production if input.intent.environment == "production"

# A model whose type or tier nobody knows is held to be one that the policy is about, and nothing clears it then.
other_type if input.model.type != "classification"

light_tier if input.model.riskTier in {"minimal", "prohibited"}

# ownership
block contains "ownership/owner" if {
	production
	not owned
}

owned if input.model.owner != ""

block contains "ownership/intended-use" if {
	production
	not purposeful
}

purposeful if input.model.intendedUse != ""

block contains "ownership/risk-tier" if {
	production
	not permitted
}

permitted if input.model.riskTier != "prohibited"

block contains "ownership/artifact-identified" if {
	production
	not identified
}

identified if regex.match(`^sha256:[0-9a-f]{64}$`, input.version.artifactDigest)

# documentation
block contains sprintf("documentation/%s", [kind]) if {
	production
	not light_tier
	some kind in {"model-card", "test-report", "risk-assessment"}
	not documented(kind)
}

documented(kind) if {
	some document in input.version.documents
	document.kind == kind
}

# evidence-freshness
block contains "evidence-freshness/evaluation-age" if {
	production
	not fresh
}

fresh if input.now - input.evaluation.at <= ((90 * 24) * 3600) * 1000

# fairness-disparate-impact
block contains "fairness-disparate-impact/ratio" if {
	production
	not other_type
	not light_tier
	not fair
}

fair if {
	input.evaluation.disparateImpact >= 0.80
	input.evaluation.disparateImpact <= 1.25
}

# performance
block contains "performance/balanced-accuracy" if {
	production
	not other_type
	not accurate
}

accurate if {
	input.model.type
	input.evaluation.balancedAccuracy >= 0.60
}

# personal-data
block contains "personal-data/lawful-basis" if {
	production
	not all_lawful
}

all_lawful if {
	input.datasets
	every dataset in input.datasets { lawful(dataset) }
}

lawful(dataset) if dataset.personalData == false
lawful(dataset) if dataset.lawfulBasis != ""

block contains "personal-data/impact-assessment" if {
	production
	not all_assessed
}

all_assessed if input.model.riskTier != "high"

all_assessed if {
	input.datasets
	every dataset in input.datasets { assessed(dataset) }
}

assessed(dataset) if dataset.personalData == false
assessed(dataset) if dataset.dpiaApprovedAt <= input.now

block contains "personal-data/retention" if {
	production
	not all_retained
}

all_retained if {
	input.datasets
	every dataset in input.datasets { retained(dataset) }
}

retained(dataset) if not dataset.retainUntil
retained(dataset) if input.now < dataset.retainUntil

# data-provenance: what is wrong blocks, what nobody knows is for a person to judge
block contains "data-provenance/training-data-named" if {
	production
	input.datasets
	count(training) == 0
}

training contains dataset if {
	some dataset in input.datasets
	dataset.role == "training"
}

block contains "data-provenance/origin" if {
	production
	some dataset in input.datasets
	dataset.origin == ""
}

block contains "data-provenance/license" if {
	production
	some dataset in training
	dataset.license == ""
}

ask contains "data-provenance" if {
	production
	not input.datasets
}

ask contains "data-provenance/origin" if {
	production
	some dataset in input.datasets
	not dataset.origin
}

ask contains "data-provenance/license" if {
	production
	some dataset in training
	not dataset.license
}

# weak-separation
ask contains "weak-separation" if {
	production
	not other_type
	not separating
}

separating if input.evaluation.balancedAccuracy >= 0.65

# non-production
block contains "non-production/version-registered" if {
	not production
	not input.version.registeredAt
}

block contains "non-production/artifact-identified" if {
	not production
	not identified
}
