# Made by bench/policy/generate.ts from bench/policy/rules.ts: 20 rules. Instants are milliseconds.
package bench

r0_0 if {
	input.evaluation.auc >= 0.6000
}

failed contains "r0_0" if not r0_0

r1_0 if {
	input.evaluation.balancedAccuracy >= 0.5500
}

failed contains "r1_0" if not r1_0

r2_0 if {
	input.evaluation.fairness.disparateImpact >= 0.8000
	input.evaluation.fairness.disparateImpact <= 1.2500
}

failed contains "r2_0" if not r2_0

r3_0 if {
	input.evaluation.calibrationError <= 0.0200
}

failed contains "r3_0" if not r3_0

r4_0 if {
	input.evaluation.latencyP99Ms <= 80.0000
}

failed contains "r4_0" if not r4_0

r5_0 if {
	input.model.owner != "person:p0"
	input.model.intendedUse != ""
}

failed contains "r5_0" if not r5_0

r6_0 if {
	r6_0_any
}

r6_0_any if {
	input.model.riskTier != "prohibited"
}

r6_0_any if {
	input.intent.environment == "sandbox-0"
}

failed contains "r6_0" if not r6_0

r7_0 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-0"}
}

failed contains "r7_0" if not r7_0

r8_0 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c0"
}

failed contains "r8_0" if not r8_0

r9_0 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/0"
}

failed contains "r9_0" if not r9_0

r10_0 if {
	every x in input.datasets { r10_0_x(x) }
}

r10_0_x(x) if {
	x.license != "proprietary-0"
}

failed contains "r10_0" if not r10_0

r11_0 if {
	every x in input.datasets { r11_0_x(x) }
}

r11_0_x(x) if {
	not x.personalData
}

r11_0_x(x) if {
	x.lawfulBasis != "basis-0"
}

failed contains "r11_0" if not r11_0

r12_0 if {
	every x in input.datasets { r12_0_x(x) }
}

r12_0_x(x) if {
	x.rows >= 400
}

failed contains "r12_0" if not r12_0

r13_0 if {
	every x in input.datasets { r13_0_x(x) }
}

r13_0_x(x) if {
	x.missingRate <= 0.0400
	x.duplicateRate <= 0.0200
}

failed contains "r13_0" if not r13_0

r14_0 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 300
}

failed contains "r14_0" if not r14_0

r15_0 if {
	r15_0_any
}

r15_0_any if input.model.riskTier == "high"

r15_0_any if not r15_0_some

r15_0_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 10
}

failed contains "r15_0" if not r15_0

r16_0 if {
	every x in input.evaluation.fairness.groups { r16_0_x(x) }
}

r16_0_x(x) if {
	x.disparateImpact >= 0.7500
}

failed contains "r16_0" if not r16_0

r17_0 if {
	input.evaluations.count <= 5
}

failed contains "r17_0" if not r17_0

r18_0 if {
	input.now - input.evaluation.at <= 2592000000
}

failed contains "r18_0" if not r18_0

r19_0 if {
	r19_0_any
}

r19_0_any if {
	input.intent.environment != "production"
}

r19_0_any if {
	input.evaluation.f1 >= 0.6000
	input.evaluation.accuracy >= 0.6500
}

failed contains "r19_0" if not r19_0
