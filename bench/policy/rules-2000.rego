# Made by bench/policy/generate.ts from bench/policy/rules.ts: 2000 rules. Instants are milliseconds.
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

r0_1 if {
	input.evaluation.auc >= 0.6031
}

failed contains "r0_1" if not r0_1

r1_1 if {
	input.evaluation.balancedAccuracy >= 0.5529
}

failed contains "r1_1" if not r1_1

r2_1 if {
	input.evaluation.fairness.disparateImpact >= 0.8011
	input.evaluation.fairness.disparateImpact <= 1.2517
}

failed contains "r2_1" if not r2_1

r3_1 if {
	input.evaluation.calibrationError <= 0.0207
}

failed contains "r3_1" if not r3_1

r4_1 if {
	input.evaluation.latencyP99Ms <= 83.0000
}

failed contains "r4_1" if not r4_1

r5_1 if {
	input.model.owner != "person:p1"
	input.model.intendedUse != ""
}

failed contains "r5_1" if not r5_1

r6_1 if {
	r6_1_any
}

r6_1_any if {
	input.model.riskTier != "prohibited"
}

r6_1_any if {
	input.intent.environment == "sandbox-1"
}

failed contains "r6_1" if not r6_1

r7_1 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-1"}
}

failed contains "r7_1" if not r7_1

r8_1 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c1"
}

failed contains "r8_1" if not r8_1

r9_1 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/1"
}

failed contains "r9_1" if not r9_1

r10_1 if {
	every x in input.datasets { r10_1_x(x) }
}

r10_1_x(x) if {
	x.license != "proprietary-1"
}

failed contains "r10_1" if not r10_1

r11_1 if {
	every x in input.datasets { r11_1_x(x) }
}

r11_1_x(x) if {
	not x.personalData
}

r11_1_x(x) if {
	x.lawfulBasis != "basis-1"
}

failed contains "r11_1" if not r11_1

r12_1 if {
	every x in input.datasets { r12_1_x(x) }
}

r12_1_x(x) if {
	x.rows >= 417
}

failed contains "r12_1" if not r12_1

r13_1 if {
	every x in input.datasets { r13_1_x(x) }
}

r13_1_x(x) if {
	x.missingRate <= 0.0403
	x.duplicateRate <= 0.0202
}

failed contains "r13_1" if not r13_1

r14_1 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 313
}

failed contains "r14_1" if not r14_1

r15_1 if {
	r15_1_any
}

r15_1_any if input.model.riskTier == "high"

r15_1_any if not r15_1_some

r15_1_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 11
}

failed contains "r15_1" if not r15_1

r16_1 if {
	every x in input.evaluation.fairness.groups { r16_1_x(x) }
}

r16_1_x(x) if {
	x.disparateImpact >= 0.7513
}

failed contains "r16_1" if not r16_1

r17_1 if {
	input.evaluations.count <= 6
}

failed contains "r17_1" if not r17_1

r18_1 if {
	input.now - input.evaluation.at <= 2678400000
}

failed contains "r18_1" if not r18_1

r19_1 if {
	r19_1_any
}

r19_1_any if {
	input.intent.environment != "production"
}

r19_1_any if {
	input.evaluation.f1 >= 0.6023
	input.evaluation.accuracy >= 0.6519
}

failed contains "r19_1" if not r19_1

r0_2 if {
	input.evaluation.auc >= 0.6062
}

failed contains "r0_2" if not r0_2

r1_2 if {
	input.evaluation.balancedAccuracy >= 0.5558
}

failed contains "r1_2" if not r1_2

r2_2 if {
	input.evaluation.fairness.disparateImpact >= 0.8022
	input.evaluation.fairness.disparateImpact <= 1.2534
}

failed contains "r2_2" if not r2_2

r3_2 if {
	input.evaluation.calibrationError <= 0.0214
}

failed contains "r3_2" if not r3_2

r4_2 if {
	input.evaluation.latencyP99Ms <= 86.0000
}

failed contains "r4_2" if not r4_2

r5_2 if {
	input.model.owner != "person:p2"
	input.model.intendedUse != ""
}

failed contains "r5_2" if not r5_2

r6_2 if {
	r6_2_any
}

r6_2_any if {
	input.model.riskTier != "prohibited"
}

r6_2_any if {
	input.intent.environment == "sandbox-2"
}

failed contains "r6_2" if not r6_2

r7_2 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-2"}
}

failed contains "r7_2" if not r7_2

r8_2 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c2"
}

failed contains "r8_2" if not r8_2

r9_2 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/2"
}

failed contains "r9_2" if not r9_2

r10_2 if {
	every x in input.datasets { r10_2_x(x) }
}

r10_2_x(x) if {
	x.license != "proprietary-2"
}

failed contains "r10_2" if not r10_2

r11_2 if {
	every x in input.datasets { r11_2_x(x) }
}

r11_2_x(x) if {
	not x.personalData
}

r11_2_x(x) if {
	x.lawfulBasis != "basis-2"
}

failed contains "r11_2" if not r11_2

r12_2 if {
	every x in input.datasets { r12_2_x(x) }
}

r12_2_x(x) if {
	x.rows >= 434
}

failed contains "r12_2" if not r12_2

r13_2 if {
	every x in input.datasets { r13_2_x(x) }
}

r13_2_x(x) if {
	x.missingRate <= 0.0406
	x.duplicateRate <= 0.0204
}

failed contains "r13_2" if not r13_2

r14_2 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 326
}

failed contains "r14_2" if not r14_2

r15_2 if {
	r15_2_any
}

r15_2_any if input.model.riskTier == "high"

r15_2_any if not r15_2_some

r15_2_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 12
}

failed contains "r15_2" if not r15_2

r16_2 if {
	every x in input.evaluation.fairness.groups { r16_2_x(x) }
}

r16_2_x(x) if {
	x.disparateImpact >= 0.7526
}

failed contains "r16_2" if not r16_2

r17_2 if {
	input.evaluations.count <= 7
}

failed contains "r17_2" if not r17_2

r18_2 if {
	input.now - input.evaluation.at <= 2764800000
}

failed contains "r18_2" if not r18_2

r19_2 if {
	r19_2_any
}

r19_2_any if {
	input.intent.environment != "production"
}

r19_2_any if {
	input.evaluation.f1 >= 0.6046
	input.evaluation.accuracy >= 0.6538
}

failed contains "r19_2" if not r19_2

r0_3 if {
	input.evaluation.auc >= 0.6093
}

failed contains "r0_3" if not r0_3

r1_3 if {
	input.evaluation.balancedAccuracy >= 0.5587
}

failed contains "r1_3" if not r1_3

r2_3 if {
	input.evaluation.fairness.disparateImpact >= 0.8033
	input.evaluation.fairness.disparateImpact <= 1.2551
}

failed contains "r2_3" if not r2_3

r3_3 if {
	input.evaluation.calibrationError <= 0.0221
}

failed contains "r3_3" if not r3_3

r4_3 if {
	input.evaluation.latencyP99Ms <= 89.0000
}

failed contains "r4_3" if not r4_3

r5_3 if {
	input.model.owner != "person:p3"
	input.model.intendedUse != ""
}

failed contains "r5_3" if not r5_3

r6_3 if {
	r6_3_any
}

r6_3_any if {
	input.model.riskTier != "prohibited"
}

r6_3_any if {
	input.intent.environment == "sandbox-3"
}

failed contains "r6_3" if not r6_3

r7_3 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-3"}
}

failed contains "r7_3" if not r7_3

r8_3 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c3"
}

failed contains "r8_3" if not r8_3

r9_3 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/3"
}

failed contains "r9_3" if not r9_3

r10_3 if {
	every x in input.datasets { r10_3_x(x) }
}

r10_3_x(x) if {
	x.license != "proprietary-3"
}

failed contains "r10_3" if not r10_3

r11_3 if {
	every x in input.datasets { r11_3_x(x) }
}

r11_3_x(x) if {
	not x.personalData
}

r11_3_x(x) if {
	x.lawfulBasis != "basis-3"
}

failed contains "r11_3" if not r11_3

r12_3 if {
	every x in input.datasets { r12_3_x(x) }
}

r12_3_x(x) if {
	x.rows >= 451
}

failed contains "r12_3" if not r12_3

r13_3 if {
	every x in input.datasets { r13_3_x(x) }
}

r13_3_x(x) if {
	x.missingRate <= 0.0409
	x.duplicateRate <= 0.0206
}

failed contains "r13_3" if not r13_3

r14_3 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 339
}

failed contains "r14_3" if not r14_3

r15_3 if {
	r15_3_any
}

r15_3_any if input.model.riskTier == "high"

r15_3_any if not r15_3_some

r15_3_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 13
}

failed contains "r15_3" if not r15_3

r16_3 if {
	every x in input.evaluation.fairness.groups { r16_3_x(x) }
}

r16_3_x(x) if {
	x.disparateImpact >= 0.7539
}

failed contains "r16_3" if not r16_3

r17_3 if {
	input.evaluations.count <= 8
}

failed contains "r17_3" if not r17_3

r18_3 if {
	input.now - input.evaluation.at <= 2851200000
}

failed contains "r18_3" if not r18_3

r19_3 if {
	r19_3_any
}

r19_3_any if {
	input.intent.environment != "production"
}

r19_3_any if {
	input.evaluation.f1 >= 0.6069
	input.evaluation.accuracy >= 0.6557
}

failed contains "r19_3" if not r19_3

r0_4 if {
	input.evaluation.auc >= 0.6124
}

failed contains "r0_4" if not r0_4

r1_4 if {
	input.evaluation.balancedAccuracy >= 0.5616
}

failed contains "r1_4" if not r1_4

r2_4 if {
	input.evaluation.fairness.disparateImpact >= 0.8044
	input.evaluation.fairness.disparateImpact <= 1.2568
}

failed contains "r2_4" if not r2_4

r3_4 if {
	input.evaluation.calibrationError <= 0.0228
}

failed contains "r3_4" if not r3_4

r4_4 if {
	input.evaluation.latencyP99Ms <= 92.0000
}

failed contains "r4_4" if not r4_4

r5_4 if {
	input.model.owner != "person:p4"
	input.model.intendedUse != ""
}

failed contains "r5_4" if not r5_4

r6_4 if {
	r6_4_any
}

r6_4_any if {
	input.model.riskTier != "prohibited"
}

r6_4_any if {
	input.intent.environment == "sandbox-4"
}

failed contains "r6_4" if not r6_4

r7_4 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-4"}
}

failed contains "r7_4" if not r7_4

r8_4 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c4"
}

failed contains "r8_4" if not r8_4

r9_4 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/4"
}

failed contains "r9_4" if not r9_4

r10_4 if {
	every x in input.datasets { r10_4_x(x) }
}

r10_4_x(x) if {
	x.license != "proprietary-4"
}

failed contains "r10_4" if not r10_4

r11_4 if {
	every x in input.datasets { r11_4_x(x) }
}

r11_4_x(x) if {
	not x.personalData
}

r11_4_x(x) if {
	x.lawfulBasis != "basis-4"
}

failed contains "r11_4" if not r11_4

r12_4 if {
	every x in input.datasets { r12_4_x(x) }
}

r12_4_x(x) if {
	x.rows >= 468
}

failed contains "r12_4" if not r12_4

r13_4 if {
	every x in input.datasets { r13_4_x(x) }
}

r13_4_x(x) if {
	x.missingRate <= 0.0412
	x.duplicateRate <= 0.0208
}

failed contains "r13_4" if not r13_4

r14_4 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 352
}

failed contains "r14_4" if not r14_4

r15_4 if {
	r15_4_any
}

r15_4_any if input.model.riskTier == "high"

r15_4_any if not r15_4_some

r15_4_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 14
}

failed contains "r15_4" if not r15_4

r16_4 if {
	every x in input.evaluation.fairness.groups { r16_4_x(x) }
}

r16_4_x(x) if {
	x.disparateImpact >= 0.7552
}

failed contains "r16_4" if not r16_4

r17_4 if {
	input.evaluations.count <= 9
}

failed contains "r17_4" if not r17_4

r18_4 if {
	input.now - input.evaluation.at <= 2937600000
}

failed contains "r18_4" if not r18_4

r19_4 if {
	r19_4_any
}

r19_4_any if {
	input.intent.environment != "production"
}

r19_4_any if {
	input.evaluation.f1 >= 0.6092
	input.evaluation.accuracy >= 0.6576
}

failed contains "r19_4" if not r19_4

r0_5 if {
	input.evaluation.auc >= 0.6155
}

failed contains "r0_5" if not r0_5

r1_5 if {
	input.evaluation.balancedAccuracy >= 0.5645
}

failed contains "r1_5" if not r1_5

r2_5 if {
	input.evaluation.fairness.disparateImpact >= 0.8055
	input.evaluation.fairness.disparateImpact <= 1.2585
}

failed contains "r2_5" if not r2_5

r3_5 if {
	input.evaluation.calibrationError <= 0.0235
}

failed contains "r3_5" if not r3_5

r4_5 if {
	input.evaluation.latencyP99Ms <= 95.0000
}

failed contains "r4_5" if not r4_5

r5_5 if {
	input.model.owner != "person:p5"
	input.model.intendedUse != ""
}

failed contains "r5_5" if not r5_5

r6_5 if {
	r6_5_any
}

r6_5_any if {
	input.model.riskTier != "prohibited"
}

r6_5_any if {
	input.intent.environment == "sandbox-5"
}

failed contains "r6_5" if not r6_5

r7_5 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-5"}
}

failed contains "r7_5" if not r7_5

r8_5 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c5"
}

failed contains "r8_5" if not r8_5

r9_5 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/5"
}

failed contains "r9_5" if not r9_5

r10_5 if {
	every x in input.datasets { r10_5_x(x) }
}

r10_5_x(x) if {
	x.license != "proprietary-5"
}

failed contains "r10_5" if not r10_5

r11_5 if {
	every x in input.datasets { r11_5_x(x) }
}

r11_5_x(x) if {
	not x.personalData
}

r11_5_x(x) if {
	x.lawfulBasis != "basis-5"
}

failed contains "r11_5" if not r11_5

r12_5 if {
	every x in input.datasets { r12_5_x(x) }
}

r12_5_x(x) if {
	x.rows >= 485
}

failed contains "r12_5" if not r12_5

r13_5 if {
	every x in input.datasets { r13_5_x(x) }
}

r13_5_x(x) if {
	x.missingRate <= 0.0415
	x.duplicateRate <= 0.0210
}

failed contains "r13_5" if not r13_5

r14_5 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 365
}

failed contains "r14_5" if not r14_5

r15_5 if {
	r15_5_any
}

r15_5_any if input.model.riskTier == "high"

r15_5_any if not r15_5_some

r15_5_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 15
}

failed contains "r15_5" if not r15_5

r16_5 if {
	every x in input.evaluation.fairness.groups { r16_5_x(x) }
}

r16_5_x(x) if {
	x.disparateImpact >= 0.7565
}

failed contains "r16_5" if not r16_5

r17_5 if {
	input.evaluations.count <= 10
}

failed contains "r17_5" if not r17_5

r18_5 if {
	input.now - input.evaluation.at <= 3024000000
}

failed contains "r18_5" if not r18_5

r19_5 if {
	r19_5_any
}

r19_5_any if {
	input.intent.environment != "production"
}

r19_5_any if {
	input.evaluation.f1 >= 0.6115
	input.evaluation.accuracy >= 0.6595
}

failed contains "r19_5" if not r19_5

r0_6 if {
	input.evaluation.auc >= 0.6186
}

failed contains "r0_6" if not r0_6

r1_6 if {
	input.evaluation.balancedAccuracy >= 0.5674
}

failed contains "r1_6" if not r1_6

r2_6 if {
	input.evaluation.fairness.disparateImpact >= 0.8066
	input.evaluation.fairness.disparateImpact <= 1.2602
}

failed contains "r2_6" if not r2_6

r3_6 if {
	input.evaluation.calibrationError <= 0.0242
}

failed contains "r3_6" if not r3_6

r4_6 if {
	input.evaluation.latencyP99Ms <= 98.0000
}

failed contains "r4_6" if not r4_6

r5_6 if {
	input.model.owner != "person:p6"
	input.model.intendedUse != ""
}

failed contains "r5_6" if not r5_6

r6_6 if {
	r6_6_any
}

r6_6_any if {
	input.model.riskTier != "prohibited"
}

r6_6_any if {
	input.intent.environment == "sandbox-6"
}

failed contains "r6_6" if not r6_6

r7_6 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-6"}
}

failed contains "r7_6" if not r7_6

r8_6 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c6"
}

failed contains "r8_6" if not r8_6

r9_6 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/6"
}

failed contains "r9_6" if not r9_6

r10_6 if {
	every x in input.datasets { r10_6_x(x) }
}

r10_6_x(x) if {
	x.license != "proprietary-6"
}

failed contains "r10_6" if not r10_6

r11_6 if {
	every x in input.datasets { r11_6_x(x) }
}

r11_6_x(x) if {
	not x.personalData
}

r11_6_x(x) if {
	x.lawfulBasis != "basis-6"
}

failed contains "r11_6" if not r11_6

r12_6 if {
	every x in input.datasets { r12_6_x(x) }
}

r12_6_x(x) if {
	x.rows >= 502
}

failed contains "r12_6" if not r12_6

r13_6 if {
	every x in input.datasets { r13_6_x(x) }
}

r13_6_x(x) if {
	x.missingRate <= 0.0418
	x.duplicateRate <= 0.0212
}

failed contains "r13_6" if not r13_6

r14_6 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 378
}

failed contains "r14_6" if not r14_6

r15_6 if {
	r15_6_any
}

r15_6_any if input.model.riskTier == "high"

r15_6_any if not r15_6_some

r15_6_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 16
}

failed contains "r15_6" if not r15_6

r16_6 if {
	every x in input.evaluation.fairness.groups { r16_6_x(x) }
}

r16_6_x(x) if {
	x.disparateImpact >= 0.7578
}

failed contains "r16_6" if not r16_6

r17_6 if {
	input.evaluations.count <= 11
}

failed contains "r17_6" if not r17_6

r18_6 if {
	input.now - input.evaluation.at <= 3110400000
}

failed contains "r18_6" if not r18_6

r19_6 if {
	r19_6_any
}

r19_6_any if {
	input.intent.environment != "production"
}

r19_6_any if {
	input.evaluation.f1 >= 0.6138
	input.evaluation.accuracy >= 0.6614
}

failed contains "r19_6" if not r19_6

r0_7 if {
	input.evaluation.auc >= 0.6217
}

failed contains "r0_7" if not r0_7

r1_7 if {
	input.evaluation.balancedAccuracy >= 0.5703
}

failed contains "r1_7" if not r1_7

r2_7 if {
	input.evaluation.fairness.disparateImpact >= 0.8077
	input.evaluation.fairness.disparateImpact <= 1.2619
}

failed contains "r2_7" if not r2_7

r3_7 if {
	input.evaluation.calibrationError <= 0.0249
}

failed contains "r3_7" if not r3_7

r4_7 if {
	input.evaluation.latencyP99Ms <= 101.0000
}

failed contains "r4_7" if not r4_7

r5_7 if {
	input.model.owner != "person:p7"
	input.model.intendedUse != ""
}

failed contains "r5_7" if not r5_7

r6_7 if {
	r6_7_any
}

r6_7_any if {
	input.model.riskTier != "prohibited"
}

r6_7_any if {
	input.intent.environment == "sandbox-7"
}

failed contains "r6_7" if not r6_7

r7_7 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-7"}
}

failed contains "r7_7" if not r7_7

r8_7 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c7"
}

failed contains "r8_7" if not r8_7

r9_7 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/7"
}

failed contains "r9_7" if not r9_7

r10_7 if {
	every x in input.datasets { r10_7_x(x) }
}

r10_7_x(x) if {
	x.license != "proprietary-7"
}

failed contains "r10_7" if not r10_7

r11_7 if {
	every x in input.datasets { r11_7_x(x) }
}

r11_7_x(x) if {
	not x.personalData
}

r11_7_x(x) if {
	x.lawfulBasis != "basis-7"
}

failed contains "r11_7" if not r11_7

r12_7 if {
	every x in input.datasets { r12_7_x(x) }
}

r12_7_x(x) if {
	x.rows >= 519
}

failed contains "r12_7" if not r12_7

r13_7 if {
	every x in input.datasets { r13_7_x(x) }
}

r13_7_x(x) if {
	x.missingRate <= 0.0421
	x.duplicateRate <= 0.0214
}

failed contains "r13_7" if not r13_7

r14_7 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 391
}

failed contains "r14_7" if not r14_7

r15_7 if {
	r15_7_any
}

r15_7_any if input.model.riskTier == "high"

r15_7_any if not r15_7_some

r15_7_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 17
}

failed contains "r15_7" if not r15_7

r16_7 if {
	every x in input.evaluation.fairness.groups { r16_7_x(x) }
}

r16_7_x(x) if {
	x.disparateImpact >= 0.7591
}

failed contains "r16_7" if not r16_7

r17_7 if {
	input.evaluations.count <= 12
}

failed contains "r17_7" if not r17_7

r18_7 if {
	input.now - input.evaluation.at <= 3196800000
}

failed contains "r18_7" if not r18_7

r19_7 if {
	r19_7_any
}

r19_7_any if {
	input.intent.environment != "production"
}

r19_7_any if {
	input.evaluation.f1 >= 0.6161
	input.evaluation.accuracy >= 0.6633
}

failed contains "r19_7" if not r19_7

r0_8 if {
	input.evaluation.auc >= 0.6248
}

failed contains "r0_8" if not r0_8

r1_8 if {
	input.evaluation.balancedAccuracy >= 0.5732
}

failed contains "r1_8" if not r1_8

r2_8 if {
	input.evaluation.fairness.disparateImpact >= 0.8088
	input.evaluation.fairness.disparateImpact <= 1.2636
}

failed contains "r2_8" if not r2_8

r3_8 if {
	input.evaluation.calibrationError <= 0.0256
}

failed contains "r3_8" if not r3_8

r4_8 if {
	input.evaluation.latencyP99Ms <= 104.0000
}

failed contains "r4_8" if not r4_8

r5_8 if {
	input.model.owner != "person:p8"
	input.model.intendedUse != ""
}

failed contains "r5_8" if not r5_8

r6_8 if {
	r6_8_any
}

r6_8_any if {
	input.model.riskTier != "prohibited"
}

r6_8_any if {
	input.intent.environment == "sandbox-8"
}

failed contains "r6_8" if not r6_8

r7_8 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-8"}
}

failed contains "r7_8" if not r7_8

r8_8 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c8"
}

failed contains "r8_8" if not r8_8

r9_8 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/8"
}

failed contains "r9_8" if not r9_8

r10_8 if {
	every x in input.datasets { r10_8_x(x) }
}

r10_8_x(x) if {
	x.license != "proprietary-8"
}

failed contains "r10_8" if not r10_8

r11_8 if {
	every x in input.datasets { r11_8_x(x) }
}

r11_8_x(x) if {
	not x.personalData
}

r11_8_x(x) if {
	x.lawfulBasis != "basis-8"
}

failed contains "r11_8" if not r11_8

r12_8 if {
	every x in input.datasets { r12_8_x(x) }
}

r12_8_x(x) if {
	x.rows >= 536
}

failed contains "r12_8" if not r12_8

r13_8 if {
	every x in input.datasets { r13_8_x(x) }
}

r13_8_x(x) if {
	x.missingRate <= 0.0424
	x.duplicateRate <= 0.0216
}

failed contains "r13_8" if not r13_8

r14_8 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 404
}

failed contains "r14_8" if not r14_8

r15_8 if {
	r15_8_any
}

r15_8_any if input.model.riskTier == "high"

r15_8_any if not r15_8_some

r15_8_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 18
}

failed contains "r15_8" if not r15_8

r16_8 if {
	every x in input.evaluation.fairness.groups { r16_8_x(x) }
}

r16_8_x(x) if {
	x.disparateImpact >= 0.7604
}

failed contains "r16_8" if not r16_8

r17_8 if {
	input.evaluations.count <= 13
}

failed contains "r17_8" if not r17_8

r18_8 if {
	input.now - input.evaluation.at <= 3283200000
}

failed contains "r18_8" if not r18_8

r19_8 if {
	r19_8_any
}

r19_8_any if {
	input.intent.environment != "production"
}

r19_8_any if {
	input.evaluation.f1 >= 0.6184
	input.evaluation.accuracy >= 0.6652
}

failed contains "r19_8" if not r19_8

r0_9 if {
	input.evaluation.auc >= 0.6279
}

failed contains "r0_9" if not r0_9

r1_9 if {
	input.evaluation.balancedAccuracy >= 0.5761
}

failed contains "r1_9" if not r1_9

r2_9 if {
	input.evaluation.fairness.disparateImpact >= 0.8099
	input.evaluation.fairness.disparateImpact <= 1.2653
}

failed contains "r2_9" if not r2_9

r3_9 if {
	input.evaluation.calibrationError <= 0.0263
}

failed contains "r3_9" if not r3_9

r4_9 if {
	input.evaluation.latencyP99Ms <= 107.0000
}

failed contains "r4_9" if not r4_9

r5_9 if {
	input.model.owner != "person:p9"
	input.model.intendedUse != ""
}

failed contains "r5_9" if not r5_9

r6_9 if {
	r6_9_any
}

r6_9_any if {
	input.model.riskTier != "prohibited"
}

r6_9_any if {
	input.intent.environment == "sandbox-9"
}

failed contains "r6_9" if not r6_9

r7_9 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-9"}
}

failed contains "r7_9" if not r7_9

r8_9 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c9"
}

failed contains "r8_9" if not r8_9

r9_9 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/9"
}

failed contains "r9_9" if not r9_9

r10_9 if {
	every x in input.datasets { r10_9_x(x) }
}

r10_9_x(x) if {
	x.license != "proprietary-9"
}

failed contains "r10_9" if not r10_9

r11_9 if {
	every x in input.datasets { r11_9_x(x) }
}

r11_9_x(x) if {
	not x.personalData
}

r11_9_x(x) if {
	x.lawfulBasis != "basis-9"
}

failed contains "r11_9" if not r11_9

r12_9 if {
	every x in input.datasets { r12_9_x(x) }
}

r12_9_x(x) if {
	x.rows >= 553
}

failed contains "r12_9" if not r12_9

r13_9 if {
	every x in input.datasets { r13_9_x(x) }
}

r13_9_x(x) if {
	x.missingRate <= 0.0427
	x.duplicateRate <= 0.0218
}

failed contains "r13_9" if not r13_9

r14_9 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 417
}

failed contains "r14_9" if not r14_9

r15_9 if {
	r15_9_any
}

r15_9_any if input.model.riskTier == "high"

r15_9_any if not r15_9_some

r15_9_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 19
}

failed contains "r15_9" if not r15_9

r16_9 if {
	every x in input.evaluation.fairness.groups { r16_9_x(x) }
}

r16_9_x(x) if {
	x.disparateImpact >= 0.7617
}

failed contains "r16_9" if not r16_9

r17_9 if {
	input.evaluations.count <= 14
}

failed contains "r17_9" if not r17_9

r18_9 if {
	input.now - input.evaluation.at <= 3369600000
}

failed contains "r18_9" if not r18_9

r19_9 if {
	r19_9_any
}

r19_9_any if {
	input.intent.environment != "production"
}

r19_9_any if {
	input.evaluation.f1 >= 0.6207
	input.evaluation.accuracy >= 0.6671
}

failed contains "r19_9" if not r19_9

r0_10 if {
	input.evaluation.auc >= 0.6310
}

failed contains "r0_10" if not r0_10

r1_10 if {
	input.evaluation.balancedAccuracy >= 0.5790
}

failed contains "r1_10" if not r1_10

r2_10 if {
	input.evaluation.fairness.disparateImpact >= 0.8110
	input.evaluation.fairness.disparateImpact <= 1.2670
}

failed contains "r2_10" if not r2_10

r3_10 if {
	input.evaluation.calibrationError <= 0.0270
}

failed contains "r3_10" if not r3_10

r4_10 if {
	input.evaluation.latencyP99Ms <= 110.0000
}

failed contains "r4_10" if not r4_10

r5_10 if {
	input.model.owner != "person:p10"
	input.model.intendedUse != ""
}

failed contains "r5_10" if not r5_10

r6_10 if {
	r6_10_any
}

r6_10_any if {
	input.model.riskTier != "prohibited"
}

r6_10_any if {
	input.intent.environment == "sandbox-10"
}

failed contains "r6_10" if not r6_10

r7_10 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-10"}
}

failed contains "r7_10" if not r7_10

r8_10 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c10"
}

failed contains "r8_10" if not r8_10

r9_10 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/10"
}

failed contains "r9_10" if not r9_10

r10_10 if {
	every x in input.datasets { r10_10_x(x) }
}

r10_10_x(x) if {
	x.license != "proprietary-10"
}

failed contains "r10_10" if not r10_10

r11_10 if {
	every x in input.datasets { r11_10_x(x) }
}

r11_10_x(x) if {
	not x.personalData
}

r11_10_x(x) if {
	x.lawfulBasis != "basis-10"
}

failed contains "r11_10" if not r11_10

r12_10 if {
	every x in input.datasets { r12_10_x(x) }
}

r12_10_x(x) if {
	x.rows >= 570
}

failed contains "r12_10" if not r12_10

r13_10 if {
	every x in input.datasets { r13_10_x(x) }
}

r13_10_x(x) if {
	x.missingRate <= 0.0430
	x.duplicateRate <= 0.0220
}

failed contains "r13_10" if not r13_10

r14_10 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 430
}

failed contains "r14_10" if not r14_10

r15_10 if {
	r15_10_any
}

r15_10_any if input.model.riskTier == "high"

r15_10_any if not r15_10_some

r15_10_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 20
}

failed contains "r15_10" if not r15_10

r16_10 if {
	every x in input.evaluation.fairness.groups { r16_10_x(x) }
}

r16_10_x(x) if {
	x.disparateImpact >= 0.7630
}

failed contains "r16_10" if not r16_10

r17_10 if {
	input.evaluations.count <= 15
}

failed contains "r17_10" if not r17_10

r18_10 if {
	input.now - input.evaluation.at <= 3456000000
}

failed contains "r18_10" if not r18_10

r19_10 if {
	r19_10_any
}

r19_10_any if {
	input.intent.environment != "production"
}

r19_10_any if {
	input.evaluation.f1 >= 0.6230
	input.evaluation.accuracy >= 0.6690
}

failed contains "r19_10" if not r19_10

r0_11 if {
	input.evaluation.auc >= 0.6341
}

failed contains "r0_11" if not r0_11

r1_11 if {
	input.evaluation.balancedAccuracy >= 0.5819
}

failed contains "r1_11" if not r1_11

r2_11 if {
	input.evaluation.fairness.disparateImpact >= 0.8121
	input.evaluation.fairness.disparateImpact <= 1.2687
}

failed contains "r2_11" if not r2_11

r3_11 if {
	input.evaluation.calibrationError <= 0.0277
}

failed contains "r3_11" if not r3_11

r4_11 if {
	input.evaluation.latencyP99Ms <= 113.0000
}

failed contains "r4_11" if not r4_11

r5_11 if {
	input.model.owner != "person:p11"
	input.model.intendedUse != ""
}

failed contains "r5_11" if not r5_11

r6_11 if {
	r6_11_any
}

r6_11_any if {
	input.model.riskTier != "prohibited"
}

r6_11_any if {
	input.intent.environment == "sandbox-11"
}

failed contains "r6_11" if not r6_11

r7_11 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-11"}
}

failed contains "r7_11" if not r7_11

r8_11 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c11"
}

failed contains "r8_11" if not r8_11

r9_11 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/11"
}

failed contains "r9_11" if not r9_11

r10_11 if {
	every x in input.datasets { r10_11_x(x) }
}

r10_11_x(x) if {
	x.license != "proprietary-11"
}

failed contains "r10_11" if not r10_11

r11_11 if {
	every x in input.datasets { r11_11_x(x) }
}

r11_11_x(x) if {
	not x.personalData
}

r11_11_x(x) if {
	x.lawfulBasis != "basis-11"
}

failed contains "r11_11" if not r11_11

r12_11 if {
	every x in input.datasets { r12_11_x(x) }
}

r12_11_x(x) if {
	x.rows >= 587
}

failed contains "r12_11" if not r12_11

r13_11 if {
	every x in input.datasets { r13_11_x(x) }
}

r13_11_x(x) if {
	x.missingRate <= 0.0433
	x.duplicateRate <= 0.0222
}

failed contains "r13_11" if not r13_11

r14_11 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 443
}

failed contains "r14_11" if not r14_11

r15_11 if {
	r15_11_any
}

r15_11_any if input.model.riskTier == "high"

r15_11_any if not r15_11_some

r15_11_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 21
}

failed contains "r15_11" if not r15_11

r16_11 if {
	every x in input.evaluation.fairness.groups { r16_11_x(x) }
}

r16_11_x(x) if {
	x.disparateImpact >= 0.7643
}

failed contains "r16_11" if not r16_11

r17_11 if {
	input.evaluations.count <= 16
}

failed contains "r17_11" if not r17_11

r18_11 if {
	input.now - input.evaluation.at <= 3542400000
}

failed contains "r18_11" if not r18_11

r19_11 if {
	r19_11_any
}

r19_11_any if {
	input.intent.environment != "production"
}

r19_11_any if {
	input.evaluation.f1 >= 0.6253
	input.evaluation.accuracy >= 0.6709
}

failed contains "r19_11" if not r19_11

r0_12 if {
	input.evaluation.auc >= 0.6372
}

failed contains "r0_12" if not r0_12

r1_12 if {
	input.evaluation.balancedAccuracy >= 0.5848
}

failed contains "r1_12" if not r1_12

r2_12 if {
	input.evaluation.fairness.disparateImpact >= 0.8132
	input.evaluation.fairness.disparateImpact <= 1.2704
}

failed contains "r2_12" if not r2_12

r3_12 if {
	input.evaluation.calibrationError <= 0.0284
}

failed contains "r3_12" if not r3_12

r4_12 if {
	input.evaluation.latencyP99Ms <= 116.0000
}

failed contains "r4_12" if not r4_12

r5_12 if {
	input.model.owner != "person:p12"
	input.model.intendedUse != ""
}

failed contains "r5_12" if not r5_12

r6_12 if {
	r6_12_any
}

r6_12_any if {
	input.model.riskTier != "prohibited"
}

r6_12_any if {
	input.intent.environment == "sandbox-12"
}

failed contains "r6_12" if not r6_12

r7_12 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-12"}
}

failed contains "r7_12" if not r7_12

r8_12 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c12"
}

failed contains "r8_12" if not r8_12

r9_12 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/12"
}

failed contains "r9_12" if not r9_12

r10_12 if {
	every x in input.datasets { r10_12_x(x) }
}

r10_12_x(x) if {
	x.license != "proprietary-12"
}

failed contains "r10_12" if not r10_12

r11_12 if {
	every x in input.datasets { r11_12_x(x) }
}

r11_12_x(x) if {
	not x.personalData
}

r11_12_x(x) if {
	x.lawfulBasis != "basis-12"
}

failed contains "r11_12" if not r11_12

r12_12 if {
	every x in input.datasets { r12_12_x(x) }
}

r12_12_x(x) if {
	x.rows >= 604
}

failed contains "r12_12" if not r12_12

r13_12 if {
	every x in input.datasets { r13_12_x(x) }
}

r13_12_x(x) if {
	x.missingRate <= 0.0436
	x.duplicateRate <= 0.0224
}

failed contains "r13_12" if not r13_12

r14_12 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 456
}

failed contains "r14_12" if not r14_12

r15_12 if {
	r15_12_any
}

r15_12_any if input.model.riskTier == "high"

r15_12_any if not r15_12_some

r15_12_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 22
}

failed contains "r15_12" if not r15_12

r16_12 if {
	every x in input.evaluation.fairness.groups { r16_12_x(x) }
}

r16_12_x(x) if {
	x.disparateImpact >= 0.7656
}

failed contains "r16_12" if not r16_12

r17_12 if {
	input.evaluations.count <= 17
}

failed contains "r17_12" if not r17_12

r18_12 if {
	input.now - input.evaluation.at <= 3628800000
}

failed contains "r18_12" if not r18_12

r19_12 if {
	r19_12_any
}

r19_12_any if {
	input.intent.environment != "production"
}

r19_12_any if {
	input.evaluation.f1 >= 0.6276
	input.evaluation.accuracy >= 0.6728
}

failed contains "r19_12" if not r19_12

r0_13 if {
	input.evaluation.auc >= 0.6403
}

failed contains "r0_13" if not r0_13

r1_13 if {
	input.evaluation.balancedAccuracy >= 0.5877
}

failed contains "r1_13" if not r1_13

r2_13 if {
	input.evaluation.fairness.disparateImpact >= 0.8143
	input.evaluation.fairness.disparateImpact <= 1.2721
}

failed contains "r2_13" if not r2_13

r3_13 if {
	input.evaluation.calibrationError <= 0.0291
}

failed contains "r3_13" if not r3_13

r4_13 if {
	input.evaluation.latencyP99Ms <= 119.0000
}

failed contains "r4_13" if not r4_13

r5_13 if {
	input.model.owner != "person:p13"
	input.model.intendedUse != ""
}

failed contains "r5_13" if not r5_13

r6_13 if {
	r6_13_any
}

r6_13_any if {
	input.model.riskTier != "prohibited"
}

r6_13_any if {
	input.intent.environment == "sandbox-13"
}

failed contains "r6_13" if not r6_13

r7_13 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-13"}
}

failed contains "r7_13" if not r7_13

r8_13 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c13"
}

failed contains "r8_13" if not r8_13

r9_13 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/13"
}

failed contains "r9_13" if not r9_13

r10_13 if {
	every x in input.datasets { r10_13_x(x) }
}

r10_13_x(x) if {
	x.license != "proprietary-13"
}

failed contains "r10_13" if not r10_13

r11_13 if {
	every x in input.datasets { r11_13_x(x) }
}

r11_13_x(x) if {
	not x.personalData
}

r11_13_x(x) if {
	x.lawfulBasis != "basis-13"
}

failed contains "r11_13" if not r11_13

r12_13 if {
	every x in input.datasets { r12_13_x(x) }
}

r12_13_x(x) if {
	x.rows >= 621
}

failed contains "r12_13" if not r12_13

r13_13 if {
	every x in input.datasets { r13_13_x(x) }
}

r13_13_x(x) if {
	x.missingRate <= 0.0439
	x.duplicateRate <= 0.0226
}

failed contains "r13_13" if not r13_13

r14_13 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 469
}

failed contains "r14_13" if not r14_13

r15_13 if {
	r15_13_any
}

r15_13_any if input.model.riskTier == "high"

r15_13_any if not r15_13_some

r15_13_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 23
}

failed contains "r15_13" if not r15_13

r16_13 if {
	every x in input.evaluation.fairness.groups { r16_13_x(x) }
}

r16_13_x(x) if {
	x.disparateImpact >= 0.7669
}

failed contains "r16_13" if not r16_13

r17_13 if {
	input.evaluations.count <= 18
}

failed contains "r17_13" if not r17_13

r18_13 if {
	input.now - input.evaluation.at <= 3715200000
}

failed contains "r18_13" if not r18_13

r19_13 if {
	r19_13_any
}

r19_13_any if {
	input.intent.environment != "production"
}

r19_13_any if {
	input.evaluation.f1 >= 0.6299
	input.evaluation.accuracy >= 0.6747
}

failed contains "r19_13" if not r19_13

r0_14 if {
	input.evaluation.auc >= 0.6434
}

failed contains "r0_14" if not r0_14

r1_14 if {
	input.evaluation.balancedAccuracy >= 0.5906
}

failed contains "r1_14" if not r1_14

r2_14 if {
	input.evaluation.fairness.disparateImpact >= 0.8154
	input.evaluation.fairness.disparateImpact <= 1.2738
}

failed contains "r2_14" if not r2_14

r3_14 if {
	input.evaluation.calibrationError <= 0.0298
}

failed contains "r3_14" if not r3_14

r4_14 if {
	input.evaluation.latencyP99Ms <= 122.0000
}

failed contains "r4_14" if not r4_14

r5_14 if {
	input.model.owner != "person:p14"
	input.model.intendedUse != ""
}

failed contains "r5_14" if not r5_14

r6_14 if {
	r6_14_any
}

r6_14_any if {
	input.model.riskTier != "prohibited"
}

r6_14_any if {
	input.intent.environment == "sandbox-14"
}

failed contains "r6_14" if not r6_14

r7_14 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-14"}
}

failed contains "r7_14" if not r7_14

r8_14 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c14"
}

failed contains "r8_14" if not r8_14

r9_14 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/14"
}

failed contains "r9_14" if not r9_14

r10_14 if {
	every x in input.datasets { r10_14_x(x) }
}

r10_14_x(x) if {
	x.license != "proprietary-14"
}

failed contains "r10_14" if not r10_14

r11_14 if {
	every x in input.datasets { r11_14_x(x) }
}

r11_14_x(x) if {
	not x.personalData
}

r11_14_x(x) if {
	x.lawfulBasis != "basis-14"
}

failed contains "r11_14" if not r11_14

r12_14 if {
	every x in input.datasets { r12_14_x(x) }
}

r12_14_x(x) if {
	x.rows >= 638
}

failed contains "r12_14" if not r12_14

r13_14 if {
	every x in input.datasets { r13_14_x(x) }
}

r13_14_x(x) if {
	x.missingRate <= 0.0442
	x.duplicateRate <= 0.0228
}

failed contains "r13_14" if not r13_14

r14_14 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 482
}

failed contains "r14_14" if not r14_14

r15_14 if {
	r15_14_any
}

r15_14_any if input.model.riskTier == "high"

r15_14_any if not r15_14_some

r15_14_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 24
}

failed contains "r15_14" if not r15_14

r16_14 if {
	every x in input.evaluation.fairness.groups { r16_14_x(x) }
}

r16_14_x(x) if {
	x.disparateImpact >= 0.7682
}

failed contains "r16_14" if not r16_14

r17_14 if {
	input.evaluations.count <= 19
}

failed contains "r17_14" if not r17_14

r18_14 if {
	input.now - input.evaluation.at <= 3801600000
}

failed contains "r18_14" if not r18_14

r19_14 if {
	r19_14_any
}

r19_14_any if {
	input.intent.environment != "production"
}

r19_14_any if {
	input.evaluation.f1 >= 0.6322
	input.evaluation.accuracy >= 0.6766
}

failed contains "r19_14" if not r19_14

r0_15 if {
	input.evaluation.auc >= 0.6465
}

failed contains "r0_15" if not r0_15

r1_15 if {
	input.evaluation.balancedAccuracy >= 0.5935
}

failed contains "r1_15" if not r1_15

r2_15 if {
	input.evaluation.fairness.disparateImpact >= 0.8165
	input.evaluation.fairness.disparateImpact <= 1.2755
}

failed contains "r2_15" if not r2_15

r3_15 if {
	input.evaluation.calibrationError <= 0.0305
}

failed contains "r3_15" if not r3_15

r4_15 if {
	input.evaluation.latencyP99Ms <= 125.0000
}

failed contains "r4_15" if not r4_15

r5_15 if {
	input.model.owner != "person:p15"
	input.model.intendedUse != ""
}

failed contains "r5_15" if not r5_15

r6_15 if {
	r6_15_any
}

r6_15_any if {
	input.model.riskTier != "prohibited"
}

r6_15_any if {
	input.intent.environment == "sandbox-15"
}

failed contains "r6_15" if not r6_15

r7_15 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-15"}
}

failed contains "r7_15" if not r7_15

r8_15 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c15"
}

failed contains "r8_15" if not r8_15

r9_15 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/15"
}

failed contains "r9_15" if not r9_15

r10_15 if {
	every x in input.datasets { r10_15_x(x) }
}

r10_15_x(x) if {
	x.license != "proprietary-15"
}

failed contains "r10_15" if not r10_15

r11_15 if {
	every x in input.datasets { r11_15_x(x) }
}

r11_15_x(x) if {
	not x.personalData
}

r11_15_x(x) if {
	x.lawfulBasis != "basis-15"
}

failed contains "r11_15" if not r11_15

r12_15 if {
	every x in input.datasets { r12_15_x(x) }
}

r12_15_x(x) if {
	x.rows >= 655
}

failed contains "r12_15" if not r12_15

r13_15 if {
	every x in input.datasets { r13_15_x(x) }
}

r13_15_x(x) if {
	x.missingRate <= 0.0445
	x.duplicateRate <= 0.0230
}

failed contains "r13_15" if not r13_15

r14_15 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 495
}

failed contains "r14_15" if not r14_15

r15_15 if {
	r15_15_any
}

r15_15_any if input.model.riskTier == "high"

r15_15_any if not r15_15_some

r15_15_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 25
}

failed contains "r15_15" if not r15_15

r16_15 if {
	every x in input.evaluation.fairness.groups { r16_15_x(x) }
}

r16_15_x(x) if {
	x.disparateImpact >= 0.7695
}

failed contains "r16_15" if not r16_15

r17_15 if {
	input.evaluations.count <= 20
}

failed contains "r17_15" if not r17_15

r18_15 if {
	input.now - input.evaluation.at <= 3888000000
}

failed contains "r18_15" if not r18_15

r19_15 if {
	r19_15_any
}

r19_15_any if {
	input.intent.environment != "production"
}

r19_15_any if {
	input.evaluation.f1 >= 0.6345
	input.evaluation.accuracy >= 0.6785
}

failed contains "r19_15" if not r19_15

r0_16 if {
	input.evaluation.auc >= 0.6496
}

failed contains "r0_16" if not r0_16

r1_16 if {
	input.evaluation.balancedAccuracy >= 0.5964
}

failed contains "r1_16" if not r1_16

r2_16 if {
	input.evaluation.fairness.disparateImpact >= 0.8176
	input.evaluation.fairness.disparateImpact <= 1.2772
}

failed contains "r2_16" if not r2_16

r3_16 if {
	input.evaluation.calibrationError <= 0.0312
}

failed contains "r3_16" if not r3_16

r4_16 if {
	input.evaluation.latencyP99Ms <= 128.0000
}

failed contains "r4_16" if not r4_16

r5_16 if {
	input.model.owner != "person:p16"
	input.model.intendedUse != ""
}

failed contains "r5_16" if not r5_16

r6_16 if {
	r6_16_any
}

r6_16_any if {
	input.model.riskTier != "prohibited"
}

r6_16_any if {
	input.intent.environment == "sandbox-16"
}

failed contains "r6_16" if not r6_16

r7_16 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-16"}
}

failed contains "r7_16" if not r7_16

r8_16 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c16"
}

failed contains "r8_16" if not r8_16

r9_16 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/16"
}

failed contains "r9_16" if not r9_16

r10_16 if {
	every x in input.datasets { r10_16_x(x) }
}

r10_16_x(x) if {
	x.license != "proprietary-16"
}

failed contains "r10_16" if not r10_16

r11_16 if {
	every x in input.datasets { r11_16_x(x) }
}

r11_16_x(x) if {
	not x.personalData
}

r11_16_x(x) if {
	x.lawfulBasis != "basis-16"
}

failed contains "r11_16" if not r11_16

r12_16 if {
	every x in input.datasets { r12_16_x(x) }
}

r12_16_x(x) if {
	x.rows >= 672
}

failed contains "r12_16" if not r12_16

r13_16 if {
	every x in input.datasets { r13_16_x(x) }
}

r13_16_x(x) if {
	x.missingRate <= 0.0448
	x.duplicateRate <= 0.0232
}

failed contains "r13_16" if not r13_16

r14_16 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 508
}

failed contains "r14_16" if not r14_16

r15_16 if {
	r15_16_any
}

r15_16_any if input.model.riskTier == "high"

r15_16_any if not r15_16_some

r15_16_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 26
}

failed contains "r15_16" if not r15_16

r16_16 if {
	every x in input.evaluation.fairness.groups { r16_16_x(x) }
}

r16_16_x(x) if {
	x.disparateImpact >= 0.7708
}

failed contains "r16_16" if not r16_16

r17_16 if {
	input.evaluations.count <= 21
}

failed contains "r17_16" if not r17_16

r18_16 if {
	input.now - input.evaluation.at <= 3974400000
}

failed contains "r18_16" if not r18_16

r19_16 if {
	r19_16_any
}

r19_16_any if {
	input.intent.environment != "production"
}

r19_16_any if {
	input.evaluation.f1 >= 0.6368
	input.evaluation.accuracy >= 0.6804
}

failed contains "r19_16" if not r19_16

r0_17 if {
	input.evaluation.auc >= 0.6527
}

failed contains "r0_17" if not r0_17

r1_17 if {
	input.evaluation.balancedAccuracy >= 0.5993
}

failed contains "r1_17" if not r1_17

r2_17 if {
	input.evaluation.fairness.disparateImpact >= 0.8187
	input.evaluation.fairness.disparateImpact <= 1.2789
}

failed contains "r2_17" if not r2_17

r3_17 if {
	input.evaluation.calibrationError <= 0.0319
}

failed contains "r3_17" if not r3_17

r4_17 if {
	input.evaluation.latencyP99Ms <= 131.0000
}

failed contains "r4_17" if not r4_17

r5_17 if {
	input.model.owner != "person:p17"
	input.model.intendedUse != ""
}

failed contains "r5_17" if not r5_17

r6_17 if {
	r6_17_any
}

r6_17_any if {
	input.model.riskTier != "prohibited"
}

r6_17_any if {
	input.intent.environment == "sandbox-17"
}

failed contains "r6_17" if not r6_17

r7_17 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-17"}
}

failed contains "r7_17" if not r7_17

r8_17 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c17"
}

failed contains "r8_17" if not r8_17

r9_17 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/17"
}

failed contains "r9_17" if not r9_17

r10_17 if {
	every x in input.datasets { r10_17_x(x) }
}

r10_17_x(x) if {
	x.license != "proprietary-17"
}

failed contains "r10_17" if not r10_17

r11_17 if {
	every x in input.datasets { r11_17_x(x) }
}

r11_17_x(x) if {
	not x.personalData
}

r11_17_x(x) if {
	x.lawfulBasis != "basis-17"
}

failed contains "r11_17" if not r11_17

r12_17 if {
	every x in input.datasets { r12_17_x(x) }
}

r12_17_x(x) if {
	x.rows >= 689
}

failed contains "r12_17" if not r12_17

r13_17 if {
	every x in input.datasets { r13_17_x(x) }
}

r13_17_x(x) if {
	x.missingRate <= 0.0451
	x.duplicateRate <= 0.0234
}

failed contains "r13_17" if not r13_17

r14_17 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 521
}

failed contains "r14_17" if not r14_17

r15_17 if {
	r15_17_any
}

r15_17_any if input.model.riskTier == "high"

r15_17_any if not r15_17_some

r15_17_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 27
}

failed contains "r15_17" if not r15_17

r16_17 if {
	every x in input.evaluation.fairness.groups { r16_17_x(x) }
}

r16_17_x(x) if {
	x.disparateImpact >= 0.7721
}

failed contains "r16_17" if not r16_17

r17_17 if {
	input.evaluations.count <= 22
}

failed contains "r17_17" if not r17_17

r18_17 if {
	input.now - input.evaluation.at <= 4060800000
}

failed contains "r18_17" if not r18_17

r19_17 if {
	r19_17_any
}

r19_17_any if {
	input.intent.environment != "production"
}

r19_17_any if {
	input.evaluation.f1 >= 0.6391
	input.evaluation.accuracy >= 0.6823
}

failed contains "r19_17" if not r19_17

r0_18 if {
	input.evaluation.auc >= 0.6558
}

failed contains "r0_18" if not r0_18

r1_18 if {
	input.evaluation.balancedAccuracy >= 0.6022
}

failed contains "r1_18" if not r1_18

r2_18 if {
	input.evaluation.fairness.disparateImpact >= 0.8198
	input.evaluation.fairness.disparateImpact <= 1.2806
}

failed contains "r2_18" if not r2_18

r3_18 if {
	input.evaluation.calibrationError <= 0.0326
}

failed contains "r3_18" if not r3_18

r4_18 if {
	input.evaluation.latencyP99Ms <= 134.0000
}

failed contains "r4_18" if not r4_18

r5_18 if {
	input.model.owner != "person:p18"
	input.model.intendedUse != ""
}

failed contains "r5_18" if not r5_18

r6_18 if {
	r6_18_any
}

r6_18_any if {
	input.model.riskTier != "prohibited"
}

r6_18_any if {
	input.intent.environment == "sandbox-18"
}

failed contains "r6_18" if not r6_18

r7_18 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-18"}
}

failed contains "r7_18" if not r7_18

r8_18 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c18"
}

failed contains "r8_18" if not r8_18

r9_18 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/18"
}

failed contains "r9_18" if not r9_18

r10_18 if {
	every x in input.datasets { r10_18_x(x) }
}

r10_18_x(x) if {
	x.license != "proprietary-18"
}

failed contains "r10_18" if not r10_18

r11_18 if {
	every x in input.datasets { r11_18_x(x) }
}

r11_18_x(x) if {
	not x.personalData
}

r11_18_x(x) if {
	x.lawfulBasis != "basis-18"
}

failed contains "r11_18" if not r11_18

r12_18 if {
	every x in input.datasets { r12_18_x(x) }
}

r12_18_x(x) if {
	x.rows >= 706
}

failed contains "r12_18" if not r12_18

r13_18 if {
	every x in input.datasets { r13_18_x(x) }
}

r13_18_x(x) if {
	x.missingRate <= 0.0454
	x.duplicateRate <= 0.0236
}

failed contains "r13_18" if not r13_18

r14_18 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 534
}

failed contains "r14_18" if not r14_18

r15_18 if {
	r15_18_any
}

r15_18_any if input.model.riskTier == "high"

r15_18_any if not r15_18_some

r15_18_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 28
}

failed contains "r15_18" if not r15_18

r16_18 if {
	every x in input.evaluation.fairness.groups { r16_18_x(x) }
}

r16_18_x(x) if {
	x.disparateImpact >= 0.7734
}

failed contains "r16_18" if not r16_18

r17_18 if {
	input.evaluations.count <= 23
}

failed contains "r17_18" if not r17_18

r18_18 if {
	input.now - input.evaluation.at <= 4147200000
}

failed contains "r18_18" if not r18_18

r19_18 if {
	r19_18_any
}

r19_18_any if {
	input.intent.environment != "production"
}

r19_18_any if {
	input.evaluation.f1 >= 0.6414
	input.evaluation.accuracy >= 0.6842
}

failed contains "r19_18" if not r19_18

r0_19 if {
	input.evaluation.auc >= 0.6589
}

failed contains "r0_19" if not r0_19

r1_19 if {
	input.evaluation.balancedAccuracy >= 0.6051
}

failed contains "r1_19" if not r1_19

r2_19 if {
	input.evaluation.fairness.disparateImpact >= 0.8209
	input.evaluation.fairness.disparateImpact <= 1.2823
}

failed contains "r2_19" if not r2_19

r3_19 if {
	input.evaluation.calibrationError <= 0.0333
}

failed contains "r3_19" if not r3_19

r4_19 if {
	input.evaluation.latencyP99Ms <= 137.0000
}

failed contains "r4_19" if not r4_19

r5_19 if {
	input.model.owner != "person:p19"
	input.model.intendedUse != ""
}

failed contains "r5_19" if not r5_19

r6_19 if {
	r6_19_any
}

r6_19_any if {
	input.model.riskTier != "prohibited"
}

r6_19_any if {
	input.intent.environment == "sandbox-19"
}

failed contains "r6_19" if not r6_19

r7_19 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-19"}
}

failed contains "r7_19" if not r7_19

r8_19 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c19"
}

failed contains "r8_19" if not r8_19

r9_19 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/19"
}

failed contains "r9_19" if not r9_19

r10_19 if {
	every x in input.datasets { r10_19_x(x) }
}

r10_19_x(x) if {
	x.license != "proprietary-19"
}

failed contains "r10_19" if not r10_19

r11_19 if {
	every x in input.datasets { r11_19_x(x) }
}

r11_19_x(x) if {
	not x.personalData
}

r11_19_x(x) if {
	x.lawfulBasis != "basis-19"
}

failed contains "r11_19" if not r11_19

r12_19 if {
	every x in input.datasets { r12_19_x(x) }
}

r12_19_x(x) if {
	x.rows >= 723
}

failed contains "r12_19" if not r12_19

r13_19 if {
	every x in input.datasets { r13_19_x(x) }
}

r13_19_x(x) if {
	x.missingRate <= 0.0457
	x.duplicateRate <= 0.0238
}

failed contains "r13_19" if not r13_19

r14_19 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 547
}

failed contains "r14_19" if not r14_19

r15_19 if {
	r15_19_any
}

r15_19_any if input.model.riskTier == "high"

r15_19_any if not r15_19_some

r15_19_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 29
}

failed contains "r15_19" if not r15_19

r16_19 if {
	every x in input.evaluation.fairness.groups { r16_19_x(x) }
}

r16_19_x(x) if {
	x.disparateImpact >= 0.7747
}

failed contains "r16_19" if not r16_19

r17_19 if {
	input.evaluations.count <= 24
}

failed contains "r17_19" if not r17_19

r18_19 if {
	input.now - input.evaluation.at <= 4233600000
}

failed contains "r18_19" if not r18_19

r19_19 if {
	r19_19_any
}

r19_19_any if {
	input.intent.environment != "production"
}

r19_19_any if {
	input.evaluation.f1 >= 0.6437
	input.evaluation.accuracy >= 0.6861
}

failed contains "r19_19" if not r19_19

r0_20 if {
	input.evaluation.auc >= 0.6620
}

failed contains "r0_20" if not r0_20

r1_20 if {
	input.evaluation.balancedAccuracy >= 0.6080
}

failed contains "r1_20" if not r1_20

r2_20 if {
	input.evaluation.fairness.disparateImpact >= 0.8220
	input.evaluation.fairness.disparateImpact <= 1.2840
}

failed contains "r2_20" if not r2_20

r3_20 if {
	input.evaluation.calibrationError <= 0.0340
}

failed contains "r3_20" if not r3_20

r4_20 if {
	input.evaluation.latencyP99Ms <= 140.0000
}

failed contains "r4_20" if not r4_20

r5_20 if {
	input.model.owner != "person:p20"
	input.model.intendedUse != ""
}

failed contains "r5_20" if not r5_20

r6_20 if {
	r6_20_any
}

r6_20_any if {
	input.model.riskTier != "prohibited"
}

r6_20_any if {
	input.intent.environment == "sandbox-20"
}

failed contains "r6_20" if not r6_20

r7_20 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-20"}
}

failed contains "r7_20" if not r7_20

r8_20 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c20"
}

failed contains "r8_20" if not r8_20

r9_20 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/20"
}

failed contains "r9_20" if not r9_20

r10_20 if {
	every x in input.datasets { r10_20_x(x) }
}

r10_20_x(x) if {
	x.license != "proprietary-20"
}

failed contains "r10_20" if not r10_20

r11_20 if {
	every x in input.datasets { r11_20_x(x) }
}

r11_20_x(x) if {
	not x.personalData
}

r11_20_x(x) if {
	x.lawfulBasis != "basis-20"
}

failed contains "r11_20" if not r11_20

r12_20 if {
	every x in input.datasets { r12_20_x(x) }
}

r12_20_x(x) if {
	x.rows >= 740
}

failed contains "r12_20" if not r12_20

r13_20 if {
	every x in input.datasets { r13_20_x(x) }
}

r13_20_x(x) if {
	x.missingRate <= 0.0460
	x.duplicateRate <= 0.0240
}

failed contains "r13_20" if not r13_20

r14_20 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 560
}

failed contains "r14_20" if not r14_20

r15_20 if {
	r15_20_any
}

r15_20_any if input.model.riskTier == "high"

r15_20_any if not r15_20_some

r15_20_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 30
}

failed contains "r15_20" if not r15_20

r16_20 if {
	every x in input.evaluation.fairness.groups { r16_20_x(x) }
}

r16_20_x(x) if {
	x.disparateImpact >= 0.7760
}

failed contains "r16_20" if not r16_20

r17_20 if {
	input.evaluations.count <= 25
}

failed contains "r17_20" if not r17_20

r18_20 if {
	input.now - input.evaluation.at <= 4320000000
}

failed contains "r18_20" if not r18_20

r19_20 if {
	r19_20_any
}

r19_20_any if {
	input.intent.environment != "production"
}

r19_20_any if {
	input.evaluation.f1 >= 0.6460
	input.evaluation.accuracy >= 0.6880
}

failed contains "r19_20" if not r19_20

r0_21 if {
	input.evaluation.auc >= 0.6651
}

failed contains "r0_21" if not r0_21

r1_21 if {
	input.evaluation.balancedAccuracy >= 0.6109
}

failed contains "r1_21" if not r1_21

r2_21 if {
	input.evaluation.fairness.disparateImpact >= 0.8231
	input.evaluation.fairness.disparateImpact <= 1.2857
}

failed contains "r2_21" if not r2_21

r3_21 if {
	input.evaluation.calibrationError <= 0.0347
}

failed contains "r3_21" if not r3_21

r4_21 if {
	input.evaluation.latencyP99Ms <= 143.0000
}

failed contains "r4_21" if not r4_21

r5_21 if {
	input.model.owner != "person:p21"
	input.model.intendedUse != ""
}

failed contains "r5_21" if not r5_21

r6_21 if {
	r6_21_any
}

r6_21_any if {
	input.model.riskTier != "prohibited"
}

r6_21_any if {
	input.intent.environment == "sandbox-21"
}

failed contains "r6_21" if not r6_21

r7_21 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-21"}
}

failed contains "r7_21" if not r7_21

r8_21 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c21"
}

failed contains "r8_21" if not r8_21

r9_21 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/21"
}

failed contains "r9_21" if not r9_21

r10_21 if {
	every x in input.datasets { r10_21_x(x) }
}

r10_21_x(x) if {
	x.license != "proprietary-21"
}

failed contains "r10_21" if not r10_21

r11_21 if {
	every x in input.datasets { r11_21_x(x) }
}

r11_21_x(x) if {
	not x.personalData
}

r11_21_x(x) if {
	x.lawfulBasis != "basis-21"
}

failed contains "r11_21" if not r11_21

r12_21 if {
	every x in input.datasets { r12_21_x(x) }
}

r12_21_x(x) if {
	x.rows >= 757
}

failed contains "r12_21" if not r12_21

r13_21 if {
	every x in input.datasets { r13_21_x(x) }
}

r13_21_x(x) if {
	x.missingRate <= 0.0463
	x.duplicateRate <= 0.0242
}

failed contains "r13_21" if not r13_21

r14_21 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 573
}

failed contains "r14_21" if not r14_21

r15_21 if {
	r15_21_any
}

r15_21_any if input.model.riskTier == "high"

r15_21_any if not r15_21_some

r15_21_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 31
}

failed contains "r15_21" if not r15_21

r16_21 if {
	every x in input.evaluation.fairness.groups { r16_21_x(x) }
}

r16_21_x(x) if {
	x.disparateImpact >= 0.7773
}

failed contains "r16_21" if not r16_21

r17_21 if {
	input.evaluations.count <= 26
}

failed contains "r17_21" if not r17_21

r18_21 if {
	input.now - input.evaluation.at <= 4406400000
}

failed contains "r18_21" if not r18_21

r19_21 if {
	r19_21_any
}

r19_21_any if {
	input.intent.environment != "production"
}

r19_21_any if {
	input.evaluation.f1 >= 0.6483
	input.evaluation.accuracy >= 0.6899
}

failed contains "r19_21" if not r19_21

r0_22 if {
	input.evaluation.auc >= 0.6682
}

failed contains "r0_22" if not r0_22

r1_22 if {
	input.evaluation.balancedAccuracy >= 0.6138
}

failed contains "r1_22" if not r1_22

r2_22 if {
	input.evaluation.fairness.disparateImpact >= 0.8242
	input.evaluation.fairness.disparateImpact <= 1.2874
}

failed contains "r2_22" if not r2_22

r3_22 if {
	input.evaluation.calibrationError <= 0.0354
}

failed contains "r3_22" if not r3_22

r4_22 if {
	input.evaluation.latencyP99Ms <= 146.0000
}

failed contains "r4_22" if not r4_22

r5_22 if {
	input.model.owner != "person:p22"
	input.model.intendedUse != ""
}

failed contains "r5_22" if not r5_22

r6_22 if {
	r6_22_any
}

r6_22_any if {
	input.model.riskTier != "prohibited"
}

r6_22_any if {
	input.intent.environment == "sandbox-22"
}

failed contains "r6_22" if not r6_22

r7_22 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-22"}
}

failed contains "r7_22" if not r7_22

r8_22 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c22"
}

failed contains "r8_22" if not r8_22

r9_22 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/22"
}

failed contains "r9_22" if not r9_22

r10_22 if {
	every x in input.datasets { r10_22_x(x) }
}

r10_22_x(x) if {
	x.license != "proprietary-22"
}

failed contains "r10_22" if not r10_22

r11_22 if {
	every x in input.datasets { r11_22_x(x) }
}

r11_22_x(x) if {
	not x.personalData
}

r11_22_x(x) if {
	x.lawfulBasis != "basis-22"
}

failed contains "r11_22" if not r11_22

r12_22 if {
	every x in input.datasets { r12_22_x(x) }
}

r12_22_x(x) if {
	x.rows >= 774
}

failed contains "r12_22" if not r12_22

r13_22 if {
	every x in input.datasets { r13_22_x(x) }
}

r13_22_x(x) if {
	x.missingRate <= 0.0466
	x.duplicateRate <= 0.0244
}

failed contains "r13_22" if not r13_22

r14_22 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 586
}

failed contains "r14_22" if not r14_22

r15_22 if {
	r15_22_any
}

r15_22_any if input.model.riskTier == "high"

r15_22_any if not r15_22_some

r15_22_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 32
}

failed contains "r15_22" if not r15_22

r16_22 if {
	every x in input.evaluation.fairness.groups { r16_22_x(x) }
}

r16_22_x(x) if {
	x.disparateImpact >= 0.7786
}

failed contains "r16_22" if not r16_22

r17_22 if {
	input.evaluations.count <= 27
}

failed contains "r17_22" if not r17_22

r18_22 if {
	input.now - input.evaluation.at <= 4492800000
}

failed contains "r18_22" if not r18_22

r19_22 if {
	r19_22_any
}

r19_22_any if {
	input.intent.environment != "production"
}

r19_22_any if {
	input.evaluation.f1 >= 0.6506
	input.evaluation.accuracy >= 0.6918
}

failed contains "r19_22" if not r19_22

r0_23 if {
	input.evaluation.auc >= 0.6713
}

failed contains "r0_23" if not r0_23

r1_23 if {
	input.evaluation.balancedAccuracy >= 0.6167
}

failed contains "r1_23" if not r1_23

r2_23 if {
	input.evaluation.fairness.disparateImpact >= 0.8253
	input.evaluation.fairness.disparateImpact <= 1.2891
}

failed contains "r2_23" if not r2_23

r3_23 if {
	input.evaluation.calibrationError <= 0.0361
}

failed contains "r3_23" if not r3_23

r4_23 if {
	input.evaluation.latencyP99Ms <= 149.0000
}

failed contains "r4_23" if not r4_23

r5_23 if {
	input.model.owner != "person:p23"
	input.model.intendedUse != ""
}

failed contains "r5_23" if not r5_23

r6_23 if {
	r6_23_any
}

r6_23_any if {
	input.model.riskTier != "prohibited"
}

r6_23_any if {
	input.intent.environment == "sandbox-23"
}

failed contains "r6_23" if not r6_23

r7_23 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-23"}
}

failed contains "r7_23" if not r7_23

r8_23 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c23"
}

failed contains "r8_23" if not r8_23

r9_23 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/23"
}

failed contains "r9_23" if not r9_23

r10_23 if {
	every x in input.datasets { r10_23_x(x) }
}

r10_23_x(x) if {
	x.license != "proprietary-23"
}

failed contains "r10_23" if not r10_23

r11_23 if {
	every x in input.datasets { r11_23_x(x) }
}

r11_23_x(x) if {
	not x.personalData
}

r11_23_x(x) if {
	x.lawfulBasis != "basis-23"
}

failed contains "r11_23" if not r11_23

r12_23 if {
	every x in input.datasets { r12_23_x(x) }
}

r12_23_x(x) if {
	x.rows >= 791
}

failed contains "r12_23" if not r12_23

r13_23 if {
	every x in input.datasets { r13_23_x(x) }
}

r13_23_x(x) if {
	x.missingRate <= 0.0469
	x.duplicateRate <= 0.0246
}

failed contains "r13_23" if not r13_23

r14_23 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 599
}

failed contains "r14_23" if not r14_23

r15_23 if {
	r15_23_any
}

r15_23_any if input.model.riskTier == "high"

r15_23_any if not r15_23_some

r15_23_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 33
}

failed contains "r15_23" if not r15_23

r16_23 if {
	every x in input.evaluation.fairness.groups { r16_23_x(x) }
}

r16_23_x(x) if {
	x.disparateImpact >= 0.7799
}

failed contains "r16_23" if not r16_23

r17_23 if {
	input.evaluations.count <= 28
}

failed contains "r17_23" if not r17_23

r18_23 if {
	input.now - input.evaluation.at <= 4579200000
}

failed contains "r18_23" if not r18_23

r19_23 if {
	r19_23_any
}

r19_23_any if {
	input.intent.environment != "production"
}

r19_23_any if {
	input.evaluation.f1 >= 0.6529
	input.evaluation.accuracy >= 0.6937
}

failed contains "r19_23" if not r19_23

r0_24 if {
	input.evaluation.auc >= 0.6744
}

failed contains "r0_24" if not r0_24

r1_24 if {
	input.evaluation.balancedAccuracy >= 0.6196
}

failed contains "r1_24" if not r1_24

r2_24 if {
	input.evaluation.fairness.disparateImpact >= 0.8264
	input.evaluation.fairness.disparateImpact <= 1.2908
}

failed contains "r2_24" if not r2_24

r3_24 if {
	input.evaluation.calibrationError <= 0.0368
}

failed contains "r3_24" if not r3_24

r4_24 if {
	input.evaluation.latencyP99Ms <= 152.0000
}

failed contains "r4_24" if not r4_24

r5_24 if {
	input.model.owner != "person:p24"
	input.model.intendedUse != ""
}

failed contains "r5_24" if not r5_24

r6_24 if {
	r6_24_any
}

r6_24_any if {
	input.model.riskTier != "prohibited"
}

r6_24_any if {
	input.intent.environment == "sandbox-24"
}

failed contains "r6_24" if not r6_24

r7_24 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-24"}
}

failed contains "r7_24" if not r7_24

r8_24 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c24"
}

failed contains "r8_24" if not r8_24

r9_24 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/24"
}

failed contains "r9_24" if not r9_24

r10_24 if {
	every x in input.datasets { r10_24_x(x) }
}

r10_24_x(x) if {
	x.license != "proprietary-24"
}

failed contains "r10_24" if not r10_24

r11_24 if {
	every x in input.datasets { r11_24_x(x) }
}

r11_24_x(x) if {
	not x.personalData
}

r11_24_x(x) if {
	x.lawfulBasis != "basis-24"
}

failed contains "r11_24" if not r11_24

r12_24 if {
	every x in input.datasets { r12_24_x(x) }
}

r12_24_x(x) if {
	x.rows >= 808
}

failed contains "r12_24" if not r12_24

r13_24 if {
	every x in input.datasets { r13_24_x(x) }
}

r13_24_x(x) if {
	x.missingRate <= 0.0472
	x.duplicateRate <= 0.0248
}

failed contains "r13_24" if not r13_24

r14_24 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 612
}

failed contains "r14_24" if not r14_24

r15_24 if {
	r15_24_any
}

r15_24_any if input.model.riskTier == "high"

r15_24_any if not r15_24_some

r15_24_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 34
}

failed contains "r15_24" if not r15_24

r16_24 if {
	every x in input.evaluation.fairness.groups { r16_24_x(x) }
}

r16_24_x(x) if {
	x.disparateImpact >= 0.7812
}

failed contains "r16_24" if not r16_24

r17_24 if {
	input.evaluations.count <= 29
}

failed contains "r17_24" if not r17_24

r18_24 if {
	input.now - input.evaluation.at <= 4665600000
}

failed contains "r18_24" if not r18_24

r19_24 if {
	r19_24_any
}

r19_24_any if {
	input.intent.environment != "production"
}

r19_24_any if {
	input.evaluation.f1 >= 0.6552
	input.evaluation.accuracy >= 0.6956
}

failed contains "r19_24" if not r19_24

r0_25 if {
	input.evaluation.auc >= 0.6775
}

failed contains "r0_25" if not r0_25

r1_25 if {
	input.evaluation.balancedAccuracy >= 0.6225
}

failed contains "r1_25" if not r1_25

r2_25 if {
	input.evaluation.fairness.disparateImpact >= 0.8275
	input.evaluation.fairness.disparateImpact <= 1.2925
}

failed contains "r2_25" if not r2_25

r3_25 if {
	input.evaluation.calibrationError <= 0.0375
}

failed contains "r3_25" if not r3_25

r4_25 if {
	input.evaluation.latencyP99Ms <= 155.0000
}

failed contains "r4_25" if not r4_25

r5_25 if {
	input.model.owner != "person:p25"
	input.model.intendedUse != ""
}

failed contains "r5_25" if not r5_25

r6_25 if {
	r6_25_any
}

r6_25_any if {
	input.model.riskTier != "prohibited"
}

r6_25_any if {
	input.intent.environment == "sandbox-25"
}

failed contains "r6_25" if not r6_25

r7_25 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-25"}
}

failed contains "r7_25" if not r7_25

r8_25 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c25"
}

failed contains "r8_25" if not r8_25

r9_25 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/25"
}

failed contains "r9_25" if not r9_25

r10_25 if {
	every x in input.datasets { r10_25_x(x) }
}

r10_25_x(x) if {
	x.license != "proprietary-25"
}

failed contains "r10_25" if not r10_25

r11_25 if {
	every x in input.datasets { r11_25_x(x) }
}

r11_25_x(x) if {
	not x.personalData
}

r11_25_x(x) if {
	x.lawfulBasis != "basis-25"
}

failed contains "r11_25" if not r11_25

r12_25 if {
	every x in input.datasets { r12_25_x(x) }
}

r12_25_x(x) if {
	x.rows >= 825
}

failed contains "r12_25" if not r12_25

r13_25 if {
	every x in input.datasets { r13_25_x(x) }
}

r13_25_x(x) if {
	x.missingRate <= 0.0475
	x.duplicateRate <= 0.0250
}

failed contains "r13_25" if not r13_25

r14_25 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 625
}

failed contains "r14_25" if not r14_25

r15_25 if {
	r15_25_any
}

r15_25_any if input.model.riskTier == "high"

r15_25_any if not r15_25_some

r15_25_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 35
}

failed contains "r15_25" if not r15_25

r16_25 if {
	every x in input.evaluation.fairness.groups { r16_25_x(x) }
}

r16_25_x(x) if {
	x.disparateImpact >= 0.7825
}

failed contains "r16_25" if not r16_25

r17_25 if {
	input.evaluations.count <= 30
}

failed contains "r17_25" if not r17_25

r18_25 if {
	input.now - input.evaluation.at <= 4752000000
}

failed contains "r18_25" if not r18_25

r19_25 if {
	r19_25_any
}

r19_25_any if {
	input.intent.environment != "production"
}

r19_25_any if {
	input.evaluation.f1 >= 0.6575
	input.evaluation.accuracy >= 0.6975
}

failed contains "r19_25" if not r19_25

r0_26 if {
	input.evaluation.auc >= 0.6806
}

failed contains "r0_26" if not r0_26

r1_26 if {
	input.evaluation.balancedAccuracy >= 0.6254
}

failed contains "r1_26" if not r1_26

r2_26 if {
	input.evaluation.fairness.disparateImpact >= 0.8286
	input.evaluation.fairness.disparateImpact <= 1.2942
}

failed contains "r2_26" if not r2_26

r3_26 if {
	input.evaluation.calibrationError <= 0.0382
}

failed contains "r3_26" if not r3_26

r4_26 if {
	input.evaluation.latencyP99Ms <= 158.0000
}

failed contains "r4_26" if not r4_26

r5_26 if {
	input.model.owner != "person:p26"
	input.model.intendedUse != ""
}

failed contains "r5_26" if not r5_26

r6_26 if {
	r6_26_any
}

r6_26_any if {
	input.model.riskTier != "prohibited"
}

r6_26_any if {
	input.intent.environment == "sandbox-26"
}

failed contains "r6_26" if not r6_26

r7_26 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-26"}
}

failed contains "r7_26" if not r7_26

r8_26 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c26"
}

failed contains "r8_26" if not r8_26

r9_26 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/26"
}

failed contains "r9_26" if not r9_26

r10_26 if {
	every x in input.datasets { r10_26_x(x) }
}

r10_26_x(x) if {
	x.license != "proprietary-26"
}

failed contains "r10_26" if not r10_26

r11_26 if {
	every x in input.datasets { r11_26_x(x) }
}

r11_26_x(x) if {
	not x.personalData
}

r11_26_x(x) if {
	x.lawfulBasis != "basis-26"
}

failed contains "r11_26" if not r11_26

r12_26 if {
	every x in input.datasets { r12_26_x(x) }
}

r12_26_x(x) if {
	x.rows >= 842
}

failed contains "r12_26" if not r12_26

r13_26 if {
	every x in input.datasets { r13_26_x(x) }
}

r13_26_x(x) if {
	x.missingRate <= 0.0478
	x.duplicateRate <= 0.0252
}

failed contains "r13_26" if not r13_26

r14_26 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 638
}

failed contains "r14_26" if not r14_26

r15_26 if {
	r15_26_any
}

r15_26_any if input.model.riskTier == "high"

r15_26_any if not r15_26_some

r15_26_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 36
}

failed contains "r15_26" if not r15_26

r16_26 if {
	every x in input.evaluation.fairness.groups { r16_26_x(x) }
}

r16_26_x(x) if {
	x.disparateImpact >= 0.7838
}

failed contains "r16_26" if not r16_26

r17_26 if {
	input.evaluations.count <= 31
}

failed contains "r17_26" if not r17_26

r18_26 if {
	input.now - input.evaluation.at <= 4838400000
}

failed contains "r18_26" if not r18_26

r19_26 if {
	r19_26_any
}

r19_26_any if {
	input.intent.environment != "production"
}

r19_26_any if {
	input.evaluation.f1 >= 0.6598
	input.evaluation.accuracy >= 0.6994
}

failed contains "r19_26" if not r19_26

r0_27 if {
	input.evaluation.auc >= 0.6837
}

failed contains "r0_27" if not r0_27

r1_27 if {
	input.evaluation.balancedAccuracy >= 0.6283
}

failed contains "r1_27" if not r1_27

r2_27 if {
	input.evaluation.fairness.disparateImpact >= 0.8297
	input.evaluation.fairness.disparateImpact <= 1.2959
}

failed contains "r2_27" if not r2_27

r3_27 if {
	input.evaluation.calibrationError <= 0.0389
}

failed contains "r3_27" if not r3_27

r4_27 if {
	input.evaluation.latencyP99Ms <= 161.0000
}

failed contains "r4_27" if not r4_27

r5_27 if {
	input.model.owner != "person:p27"
	input.model.intendedUse != ""
}

failed contains "r5_27" if not r5_27

r6_27 if {
	r6_27_any
}

r6_27_any if {
	input.model.riskTier != "prohibited"
}

r6_27_any if {
	input.intent.environment == "sandbox-27"
}

failed contains "r6_27" if not r6_27

r7_27 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-27"}
}

failed contains "r7_27" if not r7_27

r8_27 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c27"
}

failed contains "r8_27" if not r8_27

r9_27 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/27"
}

failed contains "r9_27" if not r9_27

r10_27 if {
	every x in input.datasets { r10_27_x(x) }
}

r10_27_x(x) if {
	x.license != "proprietary-27"
}

failed contains "r10_27" if not r10_27

r11_27 if {
	every x in input.datasets { r11_27_x(x) }
}

r11_27_x(x) if {
	not x.personalData
}

r11_27_x(x) if {
	x.lawfulBasis != "basis-27"
}

failed contains "r11_27" if not r11_27

r12_27 if {
	every x in input.datasets { r12_27_x(x) }
}

r12_27_x(x) if {
	x.rows >= 859
}

failed contains "r12_27" if not r12_27

r13_27 if {
	every x in input.datasets { r13_27_x(x) }
}

r13_27_x(x) if {
	x.missingRate <= 0.0481
	x.duplicateRate <= 0.0254
}

failed contains "r13_27" if not r13_27

r14_27 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 651
}

failed contains "r14_27" if not r14_27

r15_27 if {
	r15_27_any
}

r15_27_any if input.model.riskTier == "high"

r15_27_any if not r15_27_some

r15_27_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 37
}

failed contains "r15_27" if not r15_27

r16_27 if {
	every x in input.evaluation.fairness.groups { r16_27_x(x) }
}

r16_27_x(x) if {
	x.disparateImpact >= 0.7851
}

failed contains "r16_27" if not r16_27

r17_27 if {
	input.evaluations.count <= 32
}

failed contains "r17_27" if not r17_27

r18_27 if {
	input.now - input.evaluation.at <= 4924800000
}

failed contains "r18_27" if not r18_27

r19_27 if {
	r19_27_any
}

r19_27_any if {
	input.intent.environment != "production"
}

r19_27_any if {
	input.evaluation.f1 >= 0.6621
	input.evaluation.accuracy >= 0.7013
}

failed contains "r19_27" if not r19_27

r0_28 if {
	input.evaluation.auc >= 0.6868
}

failed contains "r0_28" if not r0_28

r1_28 if {
	input.evaluation.balancedAccuracy >= 0.6312
}

failed contains "r1_28" if not r1_28

r2_28 if {
	input.evaluation.fairness.disparateImpact >= 0.8308
	input.evaluation.fairness.disparateImpact <= 1.2976
}

failed contains "r2_28" if not r2_28

r3_28 if {
	input.evaluation.calibrationError <= 0.0396
}

failed contains "r3_28" if not r3_28

r4_28 if {
	input.evaluation.latencyP99Ms <= 164.0000
}

failed contains "r4_28" if not r4_28

r5_28 if {
	input.model.owner != "person:p28"
	input.model.intendedUse != ""
}

failed contains "r5_28" if not r5_28

r6_28 if {
	r6_28_any
}

r6_28_any if {
	input.model.riskTier != "prohibited"
}

r6_28_any if {
	input.intent.environment == "sandbox-28"
}

failed contains "r6_28" if not r6_28

r7_28 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-28"}
}

failed contains "r7_28" if not r7_28

r8_28 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c28"
}

failed contains "r8_28" if not r8_28

r9_28 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/28"
}

failed contains "r9_28" if not r9_28

r10_28 if {
	every x in input.datasets { r10_28_x(x) }
}

r10_28_x(x) if {
	x.license != "proprietary-28"
}

failed contains "r10_28" if not r10_28

r11_28 if {
	every x in input.datasets { r11_28_x(x) }
}

r11_28_x(x) if {
	not x.personalData
}

r11_28_x(x) if {
	x.lawfulBasis != "basis-28"
}

failed contains "r11_28" if not r11_28

r12_28 if {
	every x in input.datasets { r12_28_x(x) }
}

r12_28_x(x) if {
	x.rows >= 876
}

failed contains "r12_28" if not r12_28

r13_28 if {
	every x in input.datasets { r13_28_x(x) }
}

r13_28_x(x) if {
	x.missingRate <= 0.0484
	x.duplicateRate <= 0.0256
}

failed contains "r13_28" if not r13_28

r14_28 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 664
}

failed contains "r14_28" if not r14_28

r15_28 if {
	r15_28_any
}

r15_28_any if input.model.riskTier == "high"

r15_28_any if not r15_28_some

r15_28_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 38
}

failed contains "r15_28" if not r15_28

r16_28 if {
	every x in input.evaluation.fairness.groups { r16_28_x(x) }
}

r16_28_x(x) if {
	x.disparateImpact >= 0.7864
}

failed contains "r16_28" if not r16_28

r17_28 if {
	input.evaluations.count <= 33
}

failed contains "r17_28" if not r17_28

r18_28 if {
	input.now - input.evaluation.at <= 5011200000
}

failed contains "r18_28" if not r18_28

r19_28 if {
	r19_28_any
}

r19_28_any if {
	input.intent.environment != "production"
}

r19_28_any if {
	input.evaluation.f1 >= 0.6644
	input.evaluation.accuracy >= 0.7032
}

failed contains "r19_28" if not r19_28

r0_29 if {
	input.evaluation.auc >= 0.6899
}

failed contains "r0_29" if not r0_29

r1_29 if {
	input.evaluation.balancedAccuracy >= 0.6341
}

failed contains "r1_29" if not r1_29

r2_29 if {
	input.evaluation.fairness.disparateImpact >= 0.8319
	input.evaluation.fairness.disparateImpact <= 1.2993
}

failed contains "r2_29" if not r2_29

r3_29 if {
	input.evaluation.calibrationError <= 0.0403
}

failed contains "r3_29" if not r3_29

r4_29 if {
	input.evaluation.latencyP99Ms <= 167.0000
}

failed contains "r4_29" if not r4_29

r5_29 if {
	input.model.owner != "person:p29"
	input.model.intendedUse != ""
}

failed contains "r5_29" if not r5_29

r6_29 if {
	r6_29_any
}

r6_29_any if {
	input.model.riskTier != "prohibited"
}

r6_29_any if {
	input.intent.environment == "sandbox-29"
}

failed contains "r6_29" if not r6_29

r7_29 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-29"}
}

failed contains "r7_29" if not r7_29

r8_29 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c29"
}

failed contains "r8_29" if not r8_29

r9_29 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/29"
}

failed contains "r9_29" if not r9_29

r10_29 if {
	every x in input.datasets { r10_29_x(x) }
}

r10_29_x(x) if {
	x.license != "proprietary-29"
}

failed contains "r10_29" if not r10_29

r11_29 if {
	every x in input.datasets { r11_29_x(x) }
}

r11_29_x(x) if {
	not x.personalData
}

r11_29_x(x) if {
	x.lawfulBasis != "basis-29"
}

failed contains "r11_29" if not r11_29

r12_29 if {
	every x in input.datasets { r12_29_x(x) }
}

r12_29_x(x) if {
	x.rows >= 893
}

failed contains "r12_29" if not r12_29

r13_29 if {
	every x in input.datasets { r13_29_x(x) }
}

r13_29_x(x) if {
	x.missingRate <= 0.0487
	x.duplicateRate <= 0.0258
}

failed contains "r13_29" if not r13_29

r14_29 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 677
}

failed contains "r14_29" if not r14_29

r15_29 if {
	r15_29_any
}

r15_29_any if input.model.riskTier == "high"

r15_29_any if not r15_29_some

r15_29_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 39
}

failed contains "r15_29" if not r15_29

r16_29 if {
	every x in input.evaluation.fairness.groups { r16_29_x(x) }
}

r16_29_x(x) if {
	x.disparateImpact >= 0.7877
}

failed contains "r16_29" if not r16_29

r17_29 if {
	input.evaluations.count <= 34
}

failed contains "r17_29" if not r17_29

r18_29 if {
	input.now - input.evaluation.at <= 5097600000
}

failed contains "r18_29" if not r18_29

r19_29 if {
	r19_29_any
}

r19_29_any if {
	input.intent.environment != "production"
}

r19_29_any if {
	input.evaluation.f1 >= 0.6667
	input.evaluation.accuracy >= 0.7051
}

failed contains "r19_29" if not r19_29

r0_30 if {
	input.evaluation.auc >= 0.6930
}

failed contains "r0_30" if not r0_30

r1_30 if {
	input.evaluation.balancedAccuracy >= 0.6370
}

failed contains "r1_30" if not r1_30

r2_30 if {
	input.evaluation.fairness.disparateImpact >= 0.8330
	input.evaluation.fairness.disparateImpact <= 1.3010
}

failed contains "r2_30" if not r2_30

r3_30 if {
	input.evaluation.calibrationError <= 0.0410
}

failed contains "r3_30" if not r3_30

r4_30 if {
	input.evaluation.latencyP99Ms <= 170.0000
}

failed contains "r4_30" if not r4_30

r5_30 if {
	input.model.owner != "person:p30"
	input.model.intendedUse != ""
}

failed contains "r5_30" if not r5_30

r6_30 if {
	r6_30_any
}

r6_30_any if {
	input.model.riskTier != "prohibited"
}

r6_30_any if {
	input.intent.environment == "sandbox-30"
}

failed contains "r6_30" if not r6_30

r7_30 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-30"}
}

failed contains "r7_30" if not r7_30

r8_30 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c30"
}

failed contains "r8_30" if not r8_30

r9_30 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/30"
}

failed contains "r9_30" if not r9_30

r10_30 if {
	every x in input.datasets { r10_30_x(x) }
}

r10_30_x(x) if {
	x.license != "proprietary-30"
}

failed contains "r10_30" if not r10_30

r11_30 if {
	every x in input.datasets { r11_30_x(x) }
}

r11_30_x(x) if {
	not x.personalData
}

r11_30_x(x) if {
	x.lawfulBasis != "basis-30"
}

failed contains "r11_30" if not r11_30

r12_30 if {
	every x in input.datasets { r12_30_x(x) }
}

r12_30_x(x) if {
	x.rows >= 910
}

failed contains "r12_30" if not r12_30

r13_30 if {
	every x in input.datasets { r13_30_x(x) }
}

r13_30_x(x) if {
	x.missingRate <= 0.0490
	x.duplicateRate <= 0.0260
}

failed contains "r13_30" if not r13_30

r14_30 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 690
}

failed contains "r14_30" if not r14_30

r15_30 if {
	r15_30_any
}

r15_30_any if input.model.riskTier == "high"

r15_30_any if not r15_30_some

r15_30_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 40
}

failed contains "r15_30" if not r15_30

r16_30 if {
	every x in input.evaluation.fairness.groups { r16_30_x(x) }
}

r16_30_x(x) if {
	x.disparateImpact >= 0.7890
}

failed contains "r16_30" if not r16_30

r17_30 if {
	input.evaluations.count <= 35
}

failed contains "r17_30" if not r17_30

r18_30 if {
	input.now - input.evaluation.at <= 5184000000
}

failed contains "r18_30" if not r18_30

r19_30 if {
	r19_30_any
}

r19_30_any if {
	input.intent.environment != "production"
}

r19_30_any if {
	input.evaluation.f1 >= 0.6690
	input.evaluation.accuracy >= 0.7070
}

failed contains "r19_30" if not r19_30

r0_31 if {
	input.evaluation.auc >= 0.6961
}

failed contains "r0_31" if not r0_31

r1_31 if {
	input.evaluation.balancedAccuracy >= 0.6399
}

failed contains "r1_31" if not r1_31

r2_31 if {
	input.evaluation.fairness.disparateImpact >= 0.8341
	input.evaluation.fairness.disparateImpact <= 1.3027
}

failed contains "r2_31" if not r2_31

r3_31 if {
	input.evaluation.calibrationError <= 0.0417
}

failed contains "r3_31" if not r3_31

r4_31 if {
	input.evaluation.latencyP99Ms <= 173.0000
}

failed contains "r4_31" if not r4_31

r5_31 if {
	input.model.owner != "person:p31"
	input.model.intendedUse != ""
}

failed contains "r5_31" if not r5_31

r6_31 if {
	r6_31_any
}

r6_31_any if {
	input.model.riskTier != "prohibited"
}

r6_31_any if {
	input.intent.environment == "sandbox-31"
}

failed contains "r6_31" if not r6_31

r7_31 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-31"}
}

failed contains "r7_31" if not r7_31

r8_31 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c31"
}

failed contains "r8_31" if not r8_31

r9_31 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/31"
}

failed contains "r9_31" if not r9_31

r10_31 if {
	every x in input.datasets { r10_31_x(x) }
}

r10_31_x(x) if {
	x.license != "proprietary-31"
}

failed contains "r10_31" if not r10_31

r11_31 if {
	every x in input.datasets { r11_31_x(x) }
}

r11_31_x(x) if {
	not x.personalData
}

r11_31_x(x) if {
	x.lawfulBasis != "basis-31"
}

failed contains "r11_31" if not r11_31

r12_31 if {
	every x in input.datasets { r12_31_x(x) }
}

r12_31_x(x) if {
	x.rows >= 927
}

failed contains "r12_31" if not r12_31

r13_31 if {
	every x in input.datasets { r13_31_x(x) }
}

r13_31_x(x) if {
	x.missingRate <= 0.0493
	x.duplicateRate <= 0.0262
}

failed contains "r13_31" if not r13_31

r14_31 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 703
}

failed contains "r14_31" if not r14_31

r15_31 if {
	r15_31_any
}

r15_31_any if input.model.riskTier == "high"

r15_31_any if not r15_31_some

r15_31_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 41
}

failed contains "r15_31" if not r15_31

r16_31 if {
	every x in input.evaluation.fairness.groups { r16_31_x(x) }
}

r16_31_x(x) if {
	x.disparateImpact >= 0.7903
}

failed contains "r16_31" if not r16_31

r17_31 if {
	input.evaluations.count <= 36
}

failed contains "r17_31" if not r17_31

r18_31 if {
	input.now - input.evaluation.at <= 5270400000
}

failed contains "r18_31" if not r18_31

r19_31 if {
	r19_31_any
}

r19_31_any if {
	input.intent.environment != "production"
}

r19_31_any if {
	input.evaluation.f1 >= 0.6713
	input.evaluation.accuracy >= 0.7089
}

failed contains "r19_31" if not r19_31

r0_32 if {
	input.evaluation.auc >= 0.6992
}

failed contains "r0_32" if not r0_32

r1_32 if {
	input.evaluation.balancedAccuracy >= 0.6428
}

failed contains "r1_32" if not r1_32

r2_32 if {
	input.evaluation.fairness.disparateImpact >= 0.8352
	input.evaluation.fairness.disparateImpact <= 1.3044
}

failed contains "r2_32" if not r2_32

r3_32 if {
	input.evaluation.calibrationError <= 0.0424
}

failed contains "r3_32" if not r3_32

r4_32 if {
	input.evaluation.latencyP99Ms <= 176.0000
}

failed contains "r4_32" if not r4_32

r5_32 if {
	input.model.owner != "person:p32"
	input.model.intendedUse != ""
}

failed contains "r5_32" if not r5_32

r6_32 if {
	r6_32_any
}

r6_32_any if {
	input.model.riskTier != "prohibited"
}

r6_32_any if {
	input.intent.environment == "sandbox-32"
}

failed contains "r6_32" if not r6_32

r7_32 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-32"}
}

failed contains "r7_32" if not r7_32

r8_32 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c32"
}

failed contains "r8_32" if not r8_32

r9_32 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/32"
}

failed contains "r9_32" if not r9_32

r10_32 if {
	every x in input.datasets { r10_32_x(x) }
}

r10_32_x(x) if {
	x.license != "proprietary-32"
}

failed contains "r10_32" if not r10_32

r11_32 if {
	every x in input.datasets { r11_32_x(x) }
}

r11_32_x(x) if {
	not x.personalData
}

r11_32_x(x) if {
	x.lawfulBasis != "basis-32"
}

failed contains "r11_32" if not r11_32

r12_32 if {
	every x in input.datasets { r12_32_x(x) }
}

r12_32_x(x) if {
	x.rows >= 944
}

failed contains "r12_32" if not r12_32

r13_32 if {
	every x in input.datasets { r13_32_x(x) }
}

r13_32_x(x) if {
	x.missingRate <= 0.0496
	x.duplicateRate <= 0.0264
}

failed contains "r13_32" if not r13_32

r14_32 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 716
}

failed contains "r14_32" if not r14_32

r15_32 if {
	r15_32_any
}

r15_32_any if input.model.riskTier == "high"

r15_32_any if not r15_32_some

r15_32_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 42
}

failed contains "r15_32" if not r15_32

r16_32 if {
	every x in input.evaluation.fairness.groups { r16_32_x(x) }
}

r16_32_x(x) if {
	x.disparateImpact >= 0.7916
}

failed contains "r16_32" if not r16_32

r17_32 if {
	input.evaluations.count <= 37
}

failed contains "r17_32" if not r17_32

r18_32 if {
	input.now - input.evaluation.at <= 5356800000
}

failed contains "r18_32" if not r18_32

r19_32 if {
	r19_32_any
}

r19_32_any if {
	input.intent.environment != "production"
}

r19_32_any if {
	input.evaluation.f1 >= 0.6736
	input.evaluation.accuracy >= 0.7108
}

failed contains "r19_32" if not r19_32

r0_33 if {
	input.evaluation.auc >= 0.7023
}

failed contains "r0_33" if not r0_33

r1_33 if {
	input.evaluation.balancedAccuracy >= 0.6457
}

failed contains "r1_33" if not r1_33

r2_33 if {
	input.evaluation.fairness.disparateImpact >= 0.8363
	input.evaluation.fairness.disparateImpact <= 1.3061
}

failed contains "r2_33" if not r2_33

r3_33 if {
	input.evaluation.calibrationError <= 0.0431
}

failed contains "r3_33" if not r3_33

r4_33 if {
	input.evaluation.latencyP99Ms <= 179.0000
}

failed contains "r4_33" if not r4_33

r5_33 if {
	input.model.owner != "person:p33"
	input.model.intendedUse != ""
}

failed contains "r5_33" if not r5_33

r6_33 if {
	r6_33_any
}

r6_33_any if {
	input.model.riskTier != "prohibited"
}

r6_33_any if {
	input.intent.environment == "sandbox-33"
}

failed contains "r6_33" if not r6_33

r7_33 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-33"}
}

failed contains "r7_33" if not r7_33

r8_33 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c33"
}

failed contains "r8_33" if not r8_33

r9_33 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/33"
}

failed contains "r9_33" if not r9_33

r10_33 if {
	every x in input.datasets { r10_33_x(x) }
}

r10_33_x(x) if {
	x.license != "proprietary-33"
}

failed contains "r10_33" if not r10_33

r11_33 if {
	every x in input.datasets { r11_33_x(x) }
}

r11_33_x(x) if {
	not x.personalData
}

r11_33_x(x) if {
	x.lawfulBasis != "basis-33"
}

failed contains "r11_33" if not r11_33

r12_33 if {
	every x in input.datasets { r12_33_x(x) }
}

r12_33_x(x) if {
	x.rows >= 961
}

failed contains "r12_33" if not r12_33

r13_33 if {
	every x in input.datasets { r13_33_x(x) }
}

r13_33_x(x) if {
	x.missingRate <= 0.0499
	x.duplicateRate <= 0.0266
}

failed contains "r13_33" if not r13_33

r14_33 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 729
}

failed contains "r14_33" if not r14_33

r15_33 if {
	r15_33_any
}

r15_33_any if input.model.riskTier == "high"

r15_33_any if not r15_33_some

r15_33_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 43
}

failed contains "r15_33" if not r15_33

r16_33 if {
	every x in input.evaluation.fairness.groups { r16_33_x(x) }
}

r16_33_x(x) if {
	x.disparateImpact >= 0.7929
}

failed contains "r16_33" if not r16_33

r17_33 if {
	input.evaluations.count <= 38
}

failed contains "r17_33" if not r17_33

r18_33 if {
	input.now - input.evaluation.at <= 5443200000
}

failed contains "r18_33" if not r18_33

r19_33 if {
	r19_33_any
}

r19_33_any if {
	input.intent.environment != "production"
}

r19_33_any if {
	input.evaluation.f1 >= 0.6759
	input.evaluation.accuracy >= 0.7127
}

failed contains "r19_33" if not r19_33

r0_34 if {
	input.evaluation.auc >= 0.7054
}

failed contains "r0_34" if not r0_34

r1_34 if {
	input.evaluation.balancedAccuracy >= 0.6486
}

failed contains "r1_34" if not r1_34

r2_34 if {
	input.evaluation.fairness.disparateImpact >= 0.8374
	input.evaluation.fairness.disparateImpact <= 1.3078
}

failed contains "r2_34" if not r2_34

r3_34 if {
	input.evaluation.calibrationError <= 0.0438
}

failed contains "r3_34" if not r3_34

r4_34 if {
	input.evaluation.latencyP99Ms <= 182.0000
}

failed contains "r4_34" if not r4_34

r5_34 if {
	input.model.owner != "person:p34"
	input.model.intendedUse != ""
}

failed contains "r5_34" if not r5_34

r6_34 if {
	r6_34_any
}

r6_34_any if {
	input.model.riskTier != "prohibited"
}

r6_34_any if {
	input.intent.environment == "sandbox-34"
}

failed contains "r6_34" if not r6_34

r7_34 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-34"}
}

failed contains "r7_34" if not r7_34

r8_34 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c34"
}

failed contains "r8_34" if not r8_34

r9_34 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/34"
}

failed contains "r9_34" if not r9_34

r10_34 if {
	every x in input.datasets { r10_34_x(x) }
}

r10_34_x(x) if {
	x.license != "proprietary-34"
}

failed contains "r10_34" if not r10_34

r11_34 if {
	every x in input.datasets { r11_34_x(x) }
}

r11_34_x(x) if {
	not x.personalData
}

r11_34_x(x) if {
	x.lawfulBasis != "basis-34"
}

failed contains "r11_34" if not r11_34

r12_34 if {
	every x in input.datasets { r12_34_x(x) }
}

r12_34_x(x) if {
	x.rows >= 978
}

failed contains "r12_34" if not r12_34

r13_34 if {
	every x in input.datasets { r13_34_x(x) }
}

r13_34_x(x) if {
	x.missingRate <= 0.0502
	x.duplicateRate <= 0.0268
}

failed contains "r13_34" if not r13_34

r14_34 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 742
}

failed contains "r14_34" if not r14_34

r15_34 if {
	r15_34_any
}

r15_34_any if input.model.riskTier == "high"

r15_34_any if not r15_34_some

r15_34_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 44
}

failed contains "r15_34" if not r15_34

r16_34 if {
	every x in input.evaluation.fairness.groups { r16_34_x(x) }
}

r16_34_x(x) if {
	x.disparateImpact >= 0.7942
}

failed contains "r16_34" if not r16_34

r17_34 if {
	input.evaluations.count <= 39
}

failed contains "r17_34" if not r17_34

r18_34 if {
	input.now - input.evaluation.at <= 5529600000
}

failed contains "r18_34" if not r18_34

r19_34 if {
	r19_34_any
}

r19_34_any if {
	input.intent.environment != "production"
}

r19_34_any if {
	input.evaluation.f1 >= 0.6782
	input.evaluation.accuracy >= 0.7146
}

failed contains "r19_34" if not r19_34

r0_35 if {
	input.evaluation.auc >= 0.7085
}

failed contains "r0_35" if not r0_35

r1_35 if {
	input.evaluation.balancedAccuracy >= 0.6515
}

failed contains "r1_35" if not r1_35

r2_35 if {
	input.evaluation.fairness.disparateImpact >= 0.8385
	input.evaluation.fairness.disparateImpact <= 1.3095
}

failed contains "r2_35" if not r2_35

r3_35 if {
	input.evaluation.calibrationError <= 0.0445
}

failed contains "r3_35" if not r3_35

r4_35 if {
	input.evaluation.latencyP99Ms <= 185.0000
}

failed contains "r4_35" if not r4_35

r5_35 if {
	input.model.owner != "person:p35"
	input.model.intendedUse != ""
}

failed contains "r5_35" if not r5_35

r6_35 if {
	r6_35_any
}

r6_35_any if {
	input.model.riskTier != "prohibited"
}

r6_35_any if {
	input.intent.environment == "sandbox-35"
}

failed contains "r6_35" if not r6_35

r7_35 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-35"}
}

failed contains "r7_35" if not r7_35

r8_35 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c35"
}

failed contains "r8_35" if not r8_35

r9_35 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/35"
}

failed contains "r9_35" if not r9_35

r10_35 if {
	every x in input.datasets { r10_35_x(x) }
}

r10_35_x(x) if {
	x.license != "proprietary-35"
}

failed contains "r10_35" if not r10_35

r11_35 if {
	every x in input.datasets { r11_35_x(x) }
}

r11_35_x(x) if {
	not x.personalData
}

r11_35_x(x) if {
	x.lawfulBasis != "basis-35"
}

failed contains "r11_35" if not r11_35

r12_35 if {
	every x in input.datasets { r12_35_x(x) }
}

r12_35_x(x) if {
	x.rows >= 995
}

failed contains "r12_35" if not r12_35

r13_35 if {
	every x in input.datasets { r13_35_x(x) }
}

r13_35_x(x) if {
	x.missingRate <= 0.0505
	x.duplicateRate <= 0.0270
}

failed contains "r13_35" if not r13_35

r14_35 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 755
}

failed contains "r14_35" if not r14_35

r15_35 if {
	r15_35_any
}

r15_35_any if input.model.riskTier == "high"

r15_35_any if not r15_35_some

r15_35_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 45
}

failed contains "r15_35" if not r15_35

r16_35 if {
	every x in input.evaluation.fairness.groups { r16_35_x(x) }
}

r16_35_x(x) if {
	x.disparateImpact >= 0.7955
}

failed contains "r16_35" if not r16_35

r17_35 if {
	input.evaluations.count <= 40
}

failed contains "r17_35" if not r17_35

r18_35 if {
	input.now - input.evaluation.at <= 5616000000
}

failed contains "r18_35" if not r18_35

r19_35 if {
	r19_35_any
}

r19_35_any if {
	input.intent.environment != "production"
}

r19_35_any if {
	input.evaluation.f1 >= 0.6805
	input.evaluation.accuracy >= 0.7165
}

failed contains "r19_35" if not r19_35

r0_36 if {
	input.evaluation.auc >= 0.7116
}

failed contains "r0_36" if not r0_36

r1_36 if {
	input.evaluation.balancedAccuracy >= 0.6544
}

failed contains "r1_36" if not r1_36

r2_36 if {
	input.evaluation.fairness.disparateImpact >= 0.8396
	input.evaluation.fairness.disparateImpact <= 1.3112
}

failed contains "r2_36" if not r2_36

r3_36 if {
	input.evaluation.calibrationError <= 0.0452
}

failed contains "r3_36" if not r3_36

r4_36 if {
	input.evaluation.latencyP99Ms <= 188.0000
}

failed contains "r4_36" if not r4_36

r5_36 if {
	input.model.owner != "person:p36"
	input.model.intendedUse != ""
}

failed contains "r5_36" if not r5_36

r6_36 if {
	r6_36_any
}

r6_36_any if {
	input.model.riskTier != "prohibited"
}

r6_36_any if {
	input.intent.environment == "sandbox-36"
}

failed contains "r6_36" if not r6_36

r7_36 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-36"}
}

failed contains "r7_36" if not r7_36

r8_36 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c36"
}

failed contains "r8_36" if not r8_36

r9_36 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/36"
}

failed contains "r9_36" if not r9_36

r10_36 if {
	every x in input.datasets { r10_36_x(x) }
}

r10_36_x(x) if {
	x.license != "proprietary-36"
}

failed contains "r10_36" if not r10_36

r11_36 if {
	every x in input.datasets { r11_36_x(x) }
}

r11_36_x(x) if {
	not x.personalData
}

r11_36_x(x) if {
	x.lawfulBasis != "basis-36"
}

failed contains "r11_36" if not r11_36

r12_36 if {
	every x in input.datasets { r12_36_x(x) }
}

r12_36_x(x) if {
	x.rows >= 1012
}

failed contains "r12_36" if not r12_36

r13_36 if {
	every x in input.datasets { r13_36_x(x) }
}

r13_36_x(x) if {
	x.missingRate <= 0.0508
	x.duplicateRate <= 0.0272
}

failed contains "r13_36" if not r13_36

r14_36 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 768
}

failed contains "r14_36" if not r14_36

r15_36 if {
	r15_36_any
}

r15_36_any if input.model.riskTier == "high"

r15_36_any if not r15_36_some

r15_36_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 46
}

failed contains "r15_36" if not r15_36

r16_36 if {
	every x in input.evaluation.fairness.groups { r16_36_x(x) }
}

r16_36_x(x) if {
	x.disparateImpact >= 0.7968
}

failed contains "r16_36" if not r16_36

r17_36 if {
	input.evaluations.count <= 41
}

failed contains "r17_36" if not r17_36

r18_36 if {
	input.now - input.evaluation.at <= 5702400000
}

failed contains "r18_36" if not r18_36

r19_36 if {
	r19_36_any
}

r19_36_any if {
	input.intent.environment != "production"
}

r19_36_any if {
	input.evaluation.f1 >= 0.6828
	input.evaluation.accuracy >= 0.7184
}

failed contains "r19_36" if not r19_36

r0_37 if {
	input.evaluation.auc >= 0.7147
}

failed contains "r0_37" if not r0_37

r1_37 if {
	input.evaluation.balancedAccuracy >= 0.6573
}

failed contains "r1_37" if not r1_37

r2_37 if {
	input.evaluation.fairness.disparateImpact >= 0.8407
	input.evaluation.fairness.disparateImpact <= 1.3129
}

failed contains "r2_37" if not r2_37

r3_37 if {
	input.evaluation.calibrationError <= 0.0459
}

failed contains "r3_37" if not r3_37

r4_37 if {
	input.evaluation.latencyP99Ms <= 191.0000
}

failed contains "r4_37" if not r4_37

r5_37 if {
	input.model.owner != "person:p37"
	input.model.intendedUse != ""
}

failed contains "r5_37" if not r5_37

r6_37 if {
	r6_37_any
}

r6_37_any if {
	input.model.riskTier != "prohibited"
}

r6_37_any if {
	input.intent.environment == "sandbox-37"
}

failed contains "r6_37" if not r6_37

r7_37 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-37"}
}

failed contains "r7_37" if not r7_37

r8_37 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c37"
}

failed contains "r8_37" if not r8_37

r9_37 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/37"
}

failed contains "r9_37" if not r9_37

r10_37 if {
	every x in input.datasets { r10_37_x(x) }
}

r10_37_x(x) if {
	x.license != "proprietary-37"
}

failed contains "r10_37" if not r10_37

r11_37 if {
	every x in input.datasets { r11_37_x(x) }
}

r11_37_x(x) if {
	not x.personalData
}

r11_37_x(x) if {
	x.lawfulBasis != "basis-37"
}

failed contains "r11_37" if not r11_37

r12_37 if {
	every x in input.datasets { r12_37_x(x) }
}

r12_37_x(x) if {
	x.rows >= 1029
}

failed contains "r12_37" if not r12_37

r13_37 if {
	every x in input.datasets { r13_37_x(x) }
}

r13_37_x(x) if {
	x.missingRate <= 0.0511
	x.duplicateRate <= 0.0274
}

failed contains "r13_37" if not r13_37

r14_37 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 781
}

failed contains "r14_37" if not r14_37

r15_37 if {
	r15_37_any
}

r15_37_any if input.model.riskTier == "high"

r15_37_any if not r15_37_some

r15_37_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 47
}

failed contains "r15_37" if not r15_37

r16_37 if {
	every x in input.evaluation.fairness.groups { r16_37_x(x) }
}

r16_37_x(x) if {
	x.disparateImpact >= 0.7981
}

failed contains "r16_37" if not r16_37

r17_37 if {
	input.evaluations.count <= 42
}

failed contains "r17_37" if not r17_37

r18_37 if {
	input.now - input.evaluation.at <= 5788800000
}

failed contains "r18_37" if not r18_37

r19_37 if {
	r19_37_any
}

r19_37_any if {
	input.intent.environment != "production"
}

r19_37_any if {
	input.evaluation.f1 >= 0.6851
	input.evaluation.accuracy >= 0.7203
}

failed contains "r19_37" if not r19_37

r0_38 if {
	input.evaluation.auc >= 0.7178
}

failed contains "r0_38" if not r0_38

r1_38 if {
	input.evaluation.balancedAccuracy >= 0.6602
}

failed contains "r1_38" if not r1_38

r2_38 if {
	input.evaluation.fairness.disparateImpact >= 0.8418
	input.evaluation.fairness.disparateImpact <= 1.3146
}

failed contains "r2_38" if not r2_38

r3_38 if {
	input.evaluation.calibrationError <= 0.0466
}

failed contains "r3_38" if not r3_38

r4_38 if {
	input.evaluation.latencyP99Ms <= 194.0000
}

failed contains "r4_38" if not r4_38

r5_38 if {
	input.model.owner != "person:p38"
	input.model.intendedUse != ""
}

failed contains "r5_38" if not r5_38

r6_38 if {
	r6_38_any
}

r6_38_any if {
	input.model.riskTier != "prohibited"
}

r6_38_any if {
	input.intent.environment == "sandbox-38"
}

failed contains "r6_38" if not r6_38

r7_38 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-38"}
}

failed contains "r7_38" if not r7_38

r8_38 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c38"
}

failed contains "r8_38" if not r8_38

r9_38 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/38"
}

failed contains "r9_38" if not r9_38

r10_38 if {
	every x in input.datasets { r10_38_x(x) }
}

r10_38_x(x) if {
	x.license != "proprietary-38"
}

failed contains "r10_38" if not r10_38

r11_38 if {
	every x in input.datasets { r11_38_x(x) }
}

r11_38_x(x) if {
	not x.personalData
}

r11_38_x(x) if {
	x.lawfulBasis != "basis-38"
}

failed contains "r11_38" if not r11_38

r12_38 if {
	every x in input.datasets { r12_38_x(x) }
}

r12_38_x(x) if {
	x.rows >= 1046
}

failed contains "r12_38" if not r12_38

r13_38 if {
	every x in input.datasets { r13_38_x(x) }
}

r13_38_x(x) if {
	x.missingRate <= 0.0514
	x.duplicateRate <= 0.0276
}

failed contains "r13_38" if not r13_38

r14_38 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 794
}

failed contains "r14_38" if not r14_38

r15_38 if {
	r15_38_any
}

r15_38_any if input.model.riskTier == "high"

r15_38_any if not r15_38_some

r15_38_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 48
}

failed contains "r15_38" if not r15_38

r16_38 if {
	every x in input.evaluation.fairness.groups { r16_38_x(x) }
}

r16_38_x(x) if {
	x.disparateImpact >= 0.7994
}

failed contains "r16_38" if not r16_38

r17_38 if {
	input.evaluations.count <= 43
}

failed contains "r17_38" if not r17_38

r18_38 if {
	input.now - input.evaluation.at <= 5875200000
}

failed contains "r18_38" if not r18_38

r19_38 if {
	r19_38_any
}

r19_38_any if {
	input.intent.environment != "production"
}

r19_38_any if {
	input.evaluation.f1 >= 0.6874
	input.evaluation.accuracy >= 0.7222
}

failed contains "r19_38" if not r19_38

r0_39 if {
	input.evaluation.auc >= 0.7209
}

failed contains "r0_39" if not r0_39

r1_39 if {
	input.evaluation.balancedAccuracy >= 0.6631
}

failed contains "r1_39" if not r1_39

r2_39 if {
	input.evaluation.fairness.disparateImpact >= 0.8429
	input.evaluation.fairness.disparateImpact <= 1.3163
}

failed contains "r2_39" if not r2_39

r3_39 if {
	input.evaluation.calibrationError <= 0.0473
}

failed contains "r3_39" if not r3_39

r4_39 if {
	input.evaluation.latencyP99Ms <= 197.0000
}

failed contains "r4_39" if not r4_39

r5_39 if {
	input.model.owner != "person:p39"
	input.model.intendedUse != ""
}

failed contains "r5_39" if not r5_39

r6_39 if {
	r6_39_any
}

r6_39_any if {
	input.model.riskTier != "prohibited"
}

r6_39_any if {
	input.intent.environment == "sandbox-39"
}

failed contains "r6_39" if not r6_39

r7_39 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-39"}
}

failed contains "r7_39" if not r7_39

r8_39 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c39"
}

failed contains "r8_39" if not r8_39

r9_39 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/39"
}

failed contains "r9_39" if not r9_39

r10_39 if {
	every x in input.datasets { r10_39_x(x) }
}

r10_39_x(x) if {
	x.license != "proprietary-39"
}

failed contains "r10_39" if not r10_39

r11_39 if {
	every x in input.datasets { r11_39_x(x) }
}

r11_39_x(x) if {
	not x.personalData
}

r11_39_x(x) if {
	x.lawfulBasis != "basis-39"
}

failed contains "r11_39" if not r11_39

r12_39 if {
	every x in input.datasets { r12_39_x(x) }
}

r12_39_x(x) if {
	x.rows >= 1063
}

failed contains "r12_39" if not r12_39

r13_39 if {
	every x in input.datasets { r13_39_x(x) }
}

r13_39_x(x) if {
	x.missingRate <= 0.0517
	x.duplicateRate <= 0.0278
}

failed contains "r13_39" if not r13_39

r14_39 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 807
}

failed contains "r14_39" if not r14_39

r15_39 if {
	r15_39_any
}

r15_39_any if input.model.riskTier == "high"

r15_39_any if not r15_39_some

r15_39_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 49
}

failed contains "r15_39" if not r15_39

r16_39 if {
	every x in input.evaluation.fairness.groups { r16_39_x(x) }
}

r16_39_x(x) if {
	x.disparateImpact >= 0.8007
}

failed contains "r16_39" if not r16_39

r17_39 if {
	input.evaluations.count <= 44
}

failed contains "r17_39" if not r17_39

r18_39 if {
	input.now - input.evaluation.at <= 5961600000
}

failed contains "r18_39" if not r18_39

r19_39 if {
	r19_39_any
}

r19_39_any if {
	input.intent.environment != "production"
}

r19_39_any if {
	input.evaluation.f1 >= 0.6897
	input.evaluation.accuracy >= 0.7241
}

failed contains "r19_39" if not r19_39

r0_40 if {
	input.evaluation.auc >= 0.7240
}

failed contains "r0_40" if not r0_40

r1_40 if {
	input.evaluation.balancedAccuracy >= 0.6660
}

failed contains "r1_40" if not r1_40

r2_40 if {
	input.evaluation.fairness.disparateImpact >= 0.8440
	input.evaluation.fairness.disparateImpact <= 1.3180
}

failed contains "r2_40" if not r2_40

r3_40 if {
	input.evaluation.calibrationError <= 0.0480
}

failed contains "r3_40" if not r3_40

r4_40 if {
	input.evaluation.latencyP99Ms <= 200.0000
}

failed contains "r4_40" if not r4_40

r5_40 if {
	input.model.owner != "person:p40"
	input.model.intendedUse != ""
}

failed contains "r5_40" if not r5_40

r6_40 if {
	r6_40_any
}

r6_40_any if {
	input.model.riskTier != "prohibited"
}

r6_40_any if {
	input.intent.environment == "sandbox-40"
}

failed contains "r6_40" if not r6_40

r7_40 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-40"}
}

failed contains "r7_40" if not r7_40

r8_40 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c40"
}

failed contains "r8_40" if not r8_40

r9_40 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/40"
}

failed contains "r9_40" if not r9_40

r10_40 if {
	every x in input.datasets { r10_40_x(x) }
}

r10_40_x(x) if {
	x.license != "proprietary-40"
}

failed contains "r10_40" if not r10_40

r11_40 if {
	every x in input.datasets { r11_40_x(x) }
}

r11_40_x(x) if {
	not x.personalData
}

r11_40_x(x) if {
	x.lawfulBasis != "basis-40"
}

failed contains "r11_40" if not r11_40

r12_40 if {
	every x in input.datasets { r12_40_x(x) }
}

r12_40_x(x) if {
	x.rows >= 1080
}

failed contains "r12_40" if not r12_40

r13_40 if {
	every x in input.datasets { r13_40_x(x) }
}

r13_40_x(x) if {
	x.missingRate <= 0.0520
	x.duplicateRate <= 0.0280
}

failed contains "r13_40" if not r13_40

r14_40 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 820
}

failed contains "r14_40" if not r14_40

r15_40 if {
	r15_40_any
}

r15_40_any if input.model.riskTier == "high"

r15_40_any if not r15_40_some

r15_40_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 50
}

failed contains "r15_40" if not r15_40

r16_40 if {
	every x in input.evaluation.fairness.groups { r16_40_x(x) }
}

r16_40_x(x) if {
	x.disparateImpact >= 0.8020
}

failed contains "r16_40" if not r16_40

r17_40 if {
	input.evaluations.count <= 45
}

failed contains "r17_40" if not r17_40

r18_40 if {
	input.now - input.evaluation.at <= 6048000000
}

failed contains "r18_40" if not r18_40

r19_40 if {
	r19_40_any
}

r19_40_any if {
	input.intent.environment != "production"
}

r19_40_any if {
	input.evaluation.f1 >= 0.6920
	input.evaluation.accuracy >= 0.7260
}

failed contains "r19_40" if not r19_40

r0_41 if {
	input.evaluation.auc >= 0.7271
}

failed contains "r0_41" if not r0_41

r1_41 if {
	input.evaluation.balancedAccuracy >= 0.6689
}

failed contains "r1_41" if not r1_41

r2_41 if {
	input.evaluation.fairness.disparateImpact >= 0.8451
	input.evaluation.fairness.disparateImpact <= 1.3197
}

failed contains "r2_41" if not r2_41

r3_41 if {
	input.evaluation.calibrationError <= 0.0487
}

failed contains "r3_41" if not r3_41

r4_41 if {
	input.evaluation.latencyP99Ms <= 203.0000
}

failed contains "r4_41" if not r4_41

r5_41 if {
	input.model.owner != "person:p41"
	input.model.intendedUse != ""
}

failed contains "r5_41" if not r5_41

r6_41 if {
	r6_41_any
}

r6_41_any if {
	input.model.riskTier != "prohibited"
}

r6_41_any if {
	input.intent.environment == "sandbox-41"
}

failed contains "r6_41" if not r6_41

r7_41 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-41"}
}

failed contains "r7_41" if not r7_41

r8_41 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c41"
}

failed contains "r8_41" if not r8_41

r9_41 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/41"
}

failed contains "r9_41" if not r9_41

r10_41 if {
	every x in input.datasets { r10_41_x(x) }
}

r10_41_x(x) if {
	x.license != "proprietary-41"
}

failed contains "r10_41" if not r10_41

r11_41 if {
	every x in input.datasets { r11_41_x(x) }
}

r11_41_x(x) if {
	not x.personalData
}

r11_41_x(x) if {
	x.lawfulBasis != "basis-41"
}

failed contains "r11_41" if not r11_41

r12_41 if {
	every x in input.datasets { r12_41_x(x) }
}

r12_41_x(x) if {
	x.rows >= 1097
}

failed contains "r12_41" if not r12_41

r13_41 if {
	every x in input.datasets { r13_41_x(x) }
}

r13_41_x(x) if {
	x.missingRate <= 0.0523
	x.duplicateRate <= 0.0282
}

failed contains "r13_41" if not r13_41

r14_41 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 833
}

failed contains "r14_41" if not r14_41

r15_41 if {
	r15_41_any
}

r15_41_any if input.model.riskTier == "high"

r15_41_any if not r15_41_some

r15_41_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 51
}

failed contains "r15_41" if not r15_41

r16_41 if {
	every x in input.evaluation.fairness.groups { r16_41_x(x) }
}

r16_41_x(x) if {
	x.disparateImpact >= 0.8033
}

failed contains "r16_41" if not r16_41

r17_41 if {
	input.evaluations.count <= 46
}

failed contains "r17_41" if not r17_41

r18_41 if {
	input.now - input.evaluation.at <= 6134400000
}

failed contains "r18_41" if not r18_41

r19_41 if {
	r19_41_any
}

r19_41_any if {
	input.intent.environment != "production"
}

r19_41_any if {
	input.evaluation.f1 >= 0.6943
	input.evaluation.accuracy >= 0.7279
}

failed contains "r19_41" if not r19_41

r0_42 if {
	input.evaluation.auc >= 0.7302
}

failed contains "r0_42" if not r0_42

r1_42 if {
	input.evaluation.balancedAccuracy >= 0.6718
}

failed contains "r1_42" if not r1_42

r2_42 if {
	input.evaluation.fairness.disparateImpact >= 0.8462
	input.evaluation.fairness.disparateImpact <= 1.3214
}

failed contains "r2_42" if not r2_42

r3_42 if {
	input.evaluation.calibrationError <= 0.0494
}

failed contains "r3_42" if not r3_42

r4_42 if {
	input.evaluation.latencyP99Ms <= 206.0000
}

failed contains "r4_42" if not r4_42

r5_42 if {
	input.model.owner != "person:p42"
	input.model.intendedUse != ""
}

failed contains "r5_42" if not r5_42

r6_42 if {
	r6_42_any
}

r6_42_any if {
	input.model.riskTier != "prohibited"
}

r6_42_any if {
	input.intent.environment == "sandbox-42"
}

failed contains "r6_42" if not r6_42

r7_42 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-42"}
}

failed contains "r7_42" if not r7_42

r8_42 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c42"
}

failed contains "r8_42" if not r8_42

r9_42 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/42"
}

failed contains "r9_42" if not r9_42

r10_42 if {
	every x in input.datasets { r10_42_x(x) }
}

r10_42_x(x) if {
	x.license != "proprietary-42"
}

failed contains "r10_42" if not r10_42

r11_42 if {
	every x in input.datasets { r11_42_x(x) }
}

r11_42_x(x) if {
	not x.personalData
}

r11_42_x(x) if {
	x.lawfulBasis != "basis-42"
}

failed contains "r11_42" if not r11_42

r12_42 if {
	every x in input.datasets { r12_42_x(x) }
}

r12_42_x(x) if {
	x.rows >= 1114
}

failed contains "r12_42" if not r12_42

r13_42 if {
	every x in input.datasets { r13_42_x(x) }
}

r13_42_x(x) if {
	x.missingRate <= 0.0526
	x.duplicateRate <= 0.0284
}

failed contains "r13_42" if not r13_42

r14_42 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 846
}

failed contains "r14_42" if not r14_42

r15_42 if {
	r15_42_any
}

r15_42_any if input.model.riskTier == "high"

r15_42_any if not r15_42_some

r15_42_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 52
}

failed contains "r15_42" if not r15_42

r16_42 if {
	every x in input.evaluation.fairness.groups { r16_42_x(x) }
}

r16_42_x(x) if {
	x.disparateImpact >= 0.8046
}

failed contains "r16_42" if not r16_42

r17_42 if {
	input.evaluations.count <= 47
}

failed contains "r17_42" if not r17_42

r18_42 if {
	input.now - input.evaluation.at <= 6220800000
}

failed contains "r18_42" if not r18_42

r19_42 if {
	r19_42_any
}

r19_42_any if {
	input.intent.environment != "production"
}

r19_42_any if {
	input.evaluation.f1 >= 0.6966
	input.evaluation.accuracy >= 0.7298
}

failed contains "r19_42" if not r19_42

r0_43 if {
	input.evaluation.auc >= 0.7333
}

failed contains "r0_43" if not r0_43

r1_43 if {
	input.evaluation.balancedAccuracy >= 0.6747
}

failed contains "r1_43" if not r1_43

r2_43 if {
	input.evaluation.fairness.disparateImpact >= 0.8473
	input.evaluation.fairness.disparateImpact <= 1.3231
}

failed contains "r2_43" if not r2_43

r3_43 if {
	input.evaluation.calibrationError <= 0.0501
}

failed contains "r3_43" if not r3_43

r4_43 if {
	input.evaluation.latencyP99Ms <= 209.0000
}

failed contains "r4_43" if not r4_43

r5_43 if {
	input.model.owner != "person:p43"
	input.model.intendedUse != ""
}

failed contains "r5_43" if not r5_43

r6_43 if {
	r6_43_any
}

r6_43_any if {
	input.model.riskTier != "prohibited"
}

r6_43_any if {
	input.intent.environment == "sandbox-43"
}

failed contains "r6_43" if not r6_43

r7_43 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-43"}
}

failed contains "r7_43" if not r7_43

r8_43 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c43"
}

failed contains "r8_43" if not r8_43

r9_43 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/43"
}

failed contains "r9_43" if not r9_43

r10_43 if {
	every x in input.datasets { r10_43_x(x) }
}

r10_43_x(x) if {
	x.license != "proprietary-43"
}

failed contains "r10_43" if not r10_43

r11_43 if {
	every x in input.datasets { r11_43_x(x) }
}

r11_43_x(x) if {
	not x.personalData
}

r11_43_x(x) if {
	x.lawfulBasis != "basis-43"
}

failed contains "r11_43" if not r11_43

r12_43 if {
	every x in input.datasets { r12_43_x(x) }
}

r12_43_x(x) if {
	x.rows >= 1131
}

failed contains "r12_43" if not r12_43

r13_43 if {
	every x in input.datasets { r13_43_x(x) }
}

r13_43_x(x) if {
	x.missingRate <= 0.0529
	x.duplicateRate <= 0.0286
}

failed contains "r13_43" if not r13_43

r14_43 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 859
}

failed contains "r14_43" if not r14_43

r15_43 if {
	r15_43_any
}

r15_43_any if input.model.riskTier == "high"

r15_43_any if not r15_43_some

r15_43_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 53
}

failed contains "r15_43" if not r15_43

r16_43 if {
	every x in input.evaluation.fairness.groups { r16_43_x(x) }
}

r16_43_x(x) if {
	x.disparateImpact >= 0.8059
}

failed contains "r16_43" if not r16_43

r17_43 if {
	input.evaluations.count <= 48
}

failed contains "r17_43" if not r17_43

r18_43 if {
	input.now - input.evaluation.at <= 6307200000
}

failed contains "r18_43" if not r18_43

r19_43 if {
	r19_43_any
}

r19_43_any if {
	input.intent.environment != "production"
}

r19_43_any if {
	input.evaluation.f1 >= 0.6989
	input.evaluation.accuracy >= 0.7317
}

failed contains "r19_43" if not r19_43

r0_44 if {
	input.evaluation.auc >= 0.7364
}

failed contains "r0_44" if not r0_44

r1_44 if {
	input.evaluation.balancedAccuracy >= 0.6776
}

failed contains "r1_44" if not r1_44

r2_44 if {
	input.evaluation.fairness.disparateImpact >= 0.8484
	input.evaluation.fairness.disparateImpact <= 1.3248
}

failed contains "r2_44" if not r2_44

r3_44 if {
	input.evaluation.calibrationError <= 0.0508
}

failed contains "r3_44" if not r3_44

r4_44 if {
	input.evaluation.latencyP99Ms <= 212.0000
}

failed contains "r4_44" if not r4_44

r5_44 if {
	input.model.owner != "person:p44"
	input.model.intendedUse != ""
}

failed contains "r5_44" if not r5_44

r6_44 if {
	r6_44_any
}

r6_44_any if {
	input.model.riskTier != "prohibited"
}

r6_44_any if {
	input.intent.environment == "sandbox-44"
}

failed contains "r6_44" if not r6_44

r7_44 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-44"}
}

failed contains "r7_44" if not r7_44

r8_44 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c44"
}

failed contains "r8_44" if not r8_44

r9_44 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/44"
}

failed contains "r9_44" if not r9_44

r10_44 if {
	every x in input.datasets { r10_44_x(x) }
}

r10_44_x(x) if {
	x.license != "proprietary-44"
}

failed contains "r10_44" if not r10_44

r11_44 if {
	every x in input.datasets { r11_44_x(x) }
}

r11_44_x(x) if {
	not x.personalData
}

r11_44_x(x) if {
	x.lawfulBasis != "basis-44"
}

failed contains "r11_44" if not r11_44

r12_44 if {
	every x in input.datasets { r12_44_x(x) }
}

r12_44_x(x) if {
	x.rows >= 1148
}

failed contains "r12_44" if not r12_44

r13_44 if {
	every x in input.datasets { r13_44_x(x) }
}

r13_44_x(x) if {
	x.missingRate <= 0.0532
	x.duplicateRate <= 0.0288
}

failed contains "r13_44" if not r13_44

r14_44 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 872
}

failed contains "r14_44" if not r14_44

r15_44 if {
	r15_44_any
}

r15_44_any if input.model.riskTier == "high"

r15_44_any if not r15_44_some

r15_44_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 54
}

failed contains "r15_44" if not r15_44

r16_44 if {
	every x in input.evaluation.fairness.groups { r16_44_x(x) }
}

r16_44_x(x) if {
	x.disparateImpact >= 0.8072
}

failed contains "r16_44" if not r16_44

r17_44 if {
	input.evaluations.count <= 49
}

failed contains "r17_44" if not r17_44

r18_44 if {
	input.now - input.evaluation.at <= 6393600000
}

failed contains "r18_44" if not r18_44

r19_44 if {
	r19_44_any
}

r19_44_any if {
	input.intent.environment != "production"
}

r19_44_any if {
	input.evaluation.f1 >= 0.7012
	input.evaluation.accuracy >= 0.7336
}

failed contains "r19_44" if not r19_44

r0_45 if {
	input.evaluation.auc >= 0.7395
}

failed contains "r0_45" if not r0_45

r1_45 if {
	input.evaluation.balancedAccuracy >= 0.6805
}

failed contains "r1_45" if not r1_45

r2_45 if {
	input.evaluation.fairness.disparateImpact >= 0.8495
	input.evaluation.fairness.disparateImpact <= 1.3265
}

failed contains "r2_45" if not r2_45

r3_45 if {
	input.evaluation.calibrationError <= 0.0515
}

failed contains "r3_45" if not r3_45

r4_45 if {
	input.evaluation.latencyP99Ms <= 215.0000
}

failed contains "r4_45" if not r4_45

r5_45 if {
	input.model.owner != "person:p45"
	input.model.intendedUse != ""
}

failed contains "r5_45" if not r5_45

r6_45 if {
	r6_45_any
}

r6_45_any if {
	input.model.riskTier != "prohibited"
}

r6_45_any if {
	input.intent.environment == "sandbox-45"
}

failed contains "r6_45" if not r6_45

r7_45 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-45"}
}

failed contains "r7_45" if not r7_45

r8_45 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c45"
}

failed contains "r8_45" if not r8_45

r9_45 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/45"
}

failed contains "r9_45" if not r9_45

r10_45 if {
	every x in input.datasets { r10_45_x(x) }
}

r10_45_x(x) if {
	x.license != "proprietary-45"
}

failed contains "r10_45" if not r10_45

r11_45 if {
	every x in input.datasets { r11_45_x(x) }
}

r11_45_x(x) if {
	not x.personalData
}

r11_45_x(x) if {
	x.lawfulBasis != "basis-45"
}

failed contains "r11_45" if not r11_45

r12_45 if {
	every x in input.datasets { r12_45_x(x) }
}

r12_45_x(x) if {
	x.rows >= 1165
}

failed contains "r12_45" if not r12_45

r13_45 if {
	every x in input.datasets { r13_45_x(x) }
}

r13_45_x(x) if {
	x.missingRate <= 0.0535
	x.duplicateRate <= 0.0290
}

failed contains "r13_45" if not r13_45

r14_45 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 885
}

failed contains "r14_45" if not r14_45

r15_45 if {
	r15_45_any
}

r15_45_any if input.model.riskTier == "high"

r15_45_any if not r15_45_some

r15_45_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 55
}

failed contains "r15_45" if not r15_45

r16_45 if {
	every x in input.evaluation.fairness.groups { r16_45_x(x) }
}

r16_45_x(x) if {
	x.disparateImpact >= 0.8085
}

failed contains "r16_45" if not r16_45

r17_45 if {
	input.evaluations.count <= 50
}

failed contains "r17_45" if not r17_45

r18_45 if {
	input.now - input.evaluation.at <= 6480000000
}

failed contains "r18_45" if not r18_45

r19_45 if {
	r19_45_any
}

r19_45_any if {
	input.intent.environment != "production"
}

r19_45_any if {
	input.evaluation.f1 >= 0.7035
	input.evaluation.accuracy >= 0.7355
}

failed contains "r19_45" if not r19_45

r0_46 if {
	input.evaluation.auc >= 0.7426
}

failed contains "r0_46" if not r0_46

r1_46 if {
	input.evaluation.balancedAccuracy >= 0.6834
}

failed contains "r1_46" if not r1_46

r2_46 if {
	input.evaluation.fairness.disparateImpact >= 0.8506
	input.evaluation.fairness.disparateImpact <= 1.3282
}

failed contains "r2_46" if not r2_46

r3_46 if {
	input.evaluation.calibrationError <= 0.0522
}

failed contains "r3_46" if not r3_46

r4_46 if {
	input.evaluation.latencyP99Ms <= 218.0000
}

failed contains "r4_46" if not r4_46

r5_46 if {
	input.model.owner != "person:p46"
	input.model.intendedUse != ""
}

failed contains "r5_46" if not r5_46

r6_46 if {
	r6_46_any
}

r6_46_any if {
	input.model.riskTier != "prohibited"
}

r6_46_any if {
	input.intent.environment == "sandbox-46"
}

failed contains "r6_46" if not r6_46

r7_46 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-46"}
}

failed contains "r7_46" if not r7_46

r8_46 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c46"
}

failed contains "r8_46" if not r8_46

r9_46 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/46"
}

failed contains "r9_46" if not r9_46

r10_46 if {
	every x in input.datasets { r10_46_x(x) }
}

r10_46_x(x) if {
	x.license != "proprietary-46"
}

failed contains "r10_46" if not r10_46

r11_46 if {
	every x in input.datasets { r11_46_x(x) }
}

r11_46_x(x) if {
	not x.personalData
}

r11_46_x(x) if {
	x.lawfulBasis != "basis-46"
}

failed contains "r11_46" if not r11_46

r12_46 if {
	every x in input.datasets { r12_46_x(x) }
}

r12_46_x(x) if {
	x.rows >= 1182
}

failed contains "r12_46" if not r12_46

r13_46 if {
	every x in input.datasets { r13_46_x(x) }
}

r13_46_x(x) if {
	x.missingRate <= 0.0538
	x.duplicateRate <= 0.0292
}

failed contains "r13_46" if not r13_46

r14_46 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 898
}

failed contains "r14_46" if not r14_46

r15_46 if {
	r15_46_any
}

r15_46_any if input.model.riskTier == "high"

r15_46_any if not r15_46_some

r15_46_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 56
}

failed contains "r15_46" if not r15_46

r16_46 if {
	every x in input.evaluation.fairness.groups { r16_46_x(x) }
}

r16_46_x(x) if {
	x.disparateImpact >= 0.8098
}

failed contains "r16_46" if not r16_46

r17_46 if {
	input.evaluations.count <= 51
}

failed contains "r17_46" if not r17_46

r18_46 if {
	input.now - input.evaluation.at <= 6566400000
}

failed contains "r18_46" if not r18_46

r19_46 if {
	r19_46_any
}

r19_46_any if {
	input.intent.environment != "production"
}

r19_46_any if {
	input.evaluation.f1 >= 0.7058
	input.evaluation.accuracy >= 0.7374
}

failed contains "r19_46" if not r19_46

r0_47 if {
	input.evaluation.auc >= 0.7457
}

failed contains "r0_47" if not r0_47

r1_47 if {
	input.evaluation.balancedAccuracy >= 0.6863
}

failed contains "r1_47" if not r1_47

r2_47 if {
	input.evaluation.fairness.disparateImpact >= 0.8517
	input.evaluation.fairness.disparateImpact <= 1.3299
}

failed contains "r2_47" if not r2_47

r3_47 if {
	input.evaluation.calibrationError <= 0.0529
}

failed contains "r3_47" if not r3_47

r4_47 if {
	input.evaluation.latencyP99Ms <= 221.0000
}

failed contains "r4_47" if not r4_47

r5_47 if {
	input.model.owner != "person:p47"
	input.model.intendedUse != ""
}

failed contains "r5_47" if not r5_47

r6_47 if {
	r6_47_any
}

r6_47_any if {
	input.model.riskTier != "prohibited"
}

r6_47_any if {
	input.intent.environment == "sandbox-47"
}

failed contains "r6_47" if not r6_47

r7_47 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-47"}
}

failed contains "r7_47" if not r7_47

r8_47 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c47"
}

failed contains "r8_47" if not r8_47

r9_47 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/47"
}

failed contains "r9_47" if not r9_47

r10_47 if {
	every x in input.datasets { r10_47_x(x) }
}

r10_47_x(x) if {
	x.license != "proprietary-47"
}

failed contains "r10_47" if not r10_47

r11_47 if {
	every x in input.datasets { r11_47_x(x) }
}

r11_47_x(x) if {
	not x.personalData
}

r11_47_x(x) if {
	x.lawfulBasis != "basis-47"
}

failed contains "r11_47" if not r11_47

r12_47 if {
	every x in input.datasets { r12_47_x(x) }
}

r12_47_x(x) if {
	x.rows >= 1199
}

failed contains "r12_47" if not r12_47

r13_47 if {
	every x in input.datasets { r13_47_x(x) }
}

r13_47_x(x) if {
	x.missingRate <= 0.0541
	x.duplicateRate <= 0.0294
}

failed contains "r13_47" if not r13_47

r14_47 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 911
}

failed contains "r14_47" if not r14_47

r15_47 if {
	r15_47_any
}

r15_47_any if input.model.riskTier == "high"

r15_47_any if not r15_47_some

r15_47_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 57
}

failed contains "r15_47" if not r15_47

r16_47 if {
	every x in input.evaluation.fairness.groups { r16_47_x(x) }
}

r16_47_x(x) if {
	x.disparateImpact >= 0.8111
}

failed contains "r16_47" if not r16_47

r17_47 if {
	input.evaluations.count <= 52
}

failed contains "r17_47" if not r17_47

r18_47 if {
	input.now - input.evaluation.at <= 6652800000
}

failed contains "r18_47" if not r18_47

r19_47 if {
	r19_47_any
}

r19_47_any if {
	input.intent.environment != "production"
}

r19_47_any if {
	input.evaluation.f1 >= 0.7081
	input.evaluation.accuracy >= 0.7393
}

failed contains "r19_47" if not r19_47

r0_48 if {
	input.evaluation.auc >= 0.7488
}

failed contains "r0_48" if not r0_48

r1_48 if {
	input.evaluation.balancedAccuracy >= 0.6892
}

failed contains "r1_48" if not r1_48

r2_48 if {
	input.evaluation.fairness.disparateImpact >= 0.8528
	input.evaluation.fairness.disparateImpact <= 1.3316
}

failed contains "r2_48" if not r2_48

r3_48 if {
	input.evaluation.calibrationError <= 0.0536
}

failed contains "r3_48" if not r3_48

r4_48 if {
	input.evaluation.latencyP99Ms <= 224.0000
}

failed contains "r4_48" if not r4_48

r5_48 if {
	input.model.owner != "person:p48"
	input.model.intendedUse != ""
}

failed contains "r5_48" if not r5_48

r6_48 if {
	r6_48_any
}

r6_48_any if {
	input.model.riskTier != "prohibited"
}

r6_48_any if {
	input.intent.environment == "sandbox-48"
}

failed contains "r6_48" if not r6_48

r7_48 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-48"}
}

failed contains "r7_48" if not r7_48

r8_48 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c48"
}

failed contains "r8_48" if not r8_48

r9_48 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/48"
}

failed contains "r9_48" if not r9_48

r10_48 if {
	every x in input.datasets { r10_48_x(x) }
}

r10_48_x(x) if {
	x.license != "proprietary-48"
}

failed contains "r10_48" if not r10_48

r11_48 if {
	every x in input.datasets { r11_48_x(x) }
}

r11_48_x(x) if {
	not x.personalData
}

r11_48_x(x) if {
	x.lawfulBasis != "basis-48"
}

failed contains "r11_48" if not r11_48

r12_48 if {
	every x in input.datasets { r12_48_x(x) }
}

r12_48_x(x) if {
	x.rows >= 1216
}

failed contains "r12_48" if not r12_48

r13_48 if {
	every x in input.datasets { r13_48_x(x) }
}

r13_48_x(x) if {
	x.missingRate <= 0.0544
	x.duplicateRate <= 0.0296
}

failed contains "r13_48" if not r13_48

r14_48 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 924
}

failed contains "r14_48" if not r14_48

r15_48 if {
	r15_48_any
}

r15_48_any if input.model.riskTier == "high"

r15_48_any if not r15_48_some

r15_48_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 58
}

failed contains "r15_48" if not r15_48

r16_48 if {
	every x in input.evaluation.fairness.groups { r16_48_x(x) }
}

r16_48_x(x) if {
	x.disparateImpact >= 0.8124
}

failed contains "r16_48" if not r16_48

r17_48 if {
	input.evaluations.count <= 53
}

failed contains "r17_48" if not r17_48

r18_48 if {
	input.now - input.evaluation.at <= 6739200000
}

failed contains "r18_48" if not r18_48

r19_48 if {
	r19_48_any
}

r19_48_any if {
	input.intent.environment != "production"
}

r19_48_any if {
	input.evaluation.f1 >= 0.7104
	input.evaluation.accuracy >= 0.7412
}

failed contains "r19_48" if not r19_48

r0_49 if {
	input.evaluation.auc >= 0.7519
}

failed contains "r0_49" if not r0_49

r1_49 if {
	input.evaluation.balancedAccuracy >= 0.6921
}

failed contains "r1_49" if not r1_49

r2_49 if {
	input.evaluation.fairness.disparateImpact >= 0.8539
	input.evaluation.fairness.disparateImpact <= 1.3333
}

failed contains "r2_49" if not r2_49

r3_49 if {
	input.evaluation.calibrationError <= 0.0543
}

failed contains "r3_49" if not r3_49

r4_49 if {
	input.evaluation.latencyP99Ms <= 227.0000
}

failed contains "r4_49" if not r4_49

r5_49 if {
	input.model.owner != "person:p49"
	input.model.intendedUse != ""
}

failed contains "r5_49" if not r5_49

r6_49 if {
	r6_49_any
}

r6_49_any if {
	input.model.riskTier != "prohibited"
}

r6_49_any if {
	input.intent.environment == "sandbox-49"
}

failed contains "r6_49" if not r6_49

r7_49 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-49"}
}

failed contains "r7_49" if not r7_49

r8_49 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c49"
}

failed contains "r8_49" if not r8_49

r9_49 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/49"
}

failed contains "r9_49" if not r9_49

r10_49 if {
	every x in input.datasets { r10_49_x(x) }
}

r10_49_x(x) if {
	x.license != "proprietary-49"
}

failed contains "r10_49" if not r10_49

r11_49 if {
	every x in input.datasets { r11_49_x(x) }
}

r11_49_x(x) if {
	not x.personalData
}

r11_49_x(x) if {
	x.lawfulBasis != "basis-49"
}

failed contains "r11_49" if not r11_49

r12_49 if {
	every x in input.datasets { r12_49_x(x) }
}

r12_49_x(x) if {
	x.rows >= 1233
}

failed contains "r12_49" if not r12_49

r13_49 if {
	every x in input.datasets { r13_49_x(x) }
}

r13_49_x(x) if {
	x.missingRate <= 0.0547
	x.duplicateRate <= 0.0298
}

failed contains "r13_49" if not r13_49

r14_49 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 937
}

failed contains "r14_49" if not r14_49

r15_49 if {
	r15_49_any
}

r15_49_any if input.model.riskTier == "high"

r15_49_any if not r15_49_some

r15_49_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 59
}

failed contains "r15_49" if not r15_49

r16_49 if {
	every x in input.evaluation.fairness.groups { r16_49_x(x) }
}

r16_49_x(x) if {
	x.disparateImpact >= 0.8137
}

failed contains "r16_49" if not r16_49

r17_49 if {
	input.evaluations.count <= 54
}

failed contains "r17_49" if not r17_49

r18_49 if {
	input.now - input.evaluation.at <= 6825600000
}

failed contains "r18_49" if not r18_49

r19_49 if {
	r19_49_any
}

r19_49_any if {
	input.intent.environment != "production"
}

r19_49_any if {
	input.evaluation.f1 >= 0.7127
	input.evaluation.accuracy >= 0.7431
}

failed contains "r19_49" if not r19_49

r0_50 if {
	input.evaluation.auc >= 0.7550
}

failed contains "r0_50" if not r0_50

r1_50 if {
	input.evaluation.balancedAccuracy >= 0.6950
}

failed contains "r1_50" if not r1_50

r2_50 if {
	input.evaluation.fairness.disparateImpact >= 0.8550
	input.evaluation.fairness.disparateImpact <= 1.3350
}

failed contains "r2_50" if not r2_50

r3_50 if {
	input.evaluation.calibrationError <= 0.0550
}

failed contains "r3_50" if not r3_50

r4_50 if {
	input.evaluation.latencyP99Ms <= 230.0000
}

failed contains "r4_50" if not r4_50

r5_50 if {
	input.model.owner != "person:p50"
	input.model.intendedUse != ""
}

failed contains "r5_50" if not r5_50

r6_50 if {
	r6_50_any
}

r6_50_any if {
	input.model.riskTier != "prohibited"
}

r6_50_any if {
	input.intent.environment == "sandbox-50"
}

failed contains "r6_50" if not r6_50

r7_50 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-50"}
}

failed contains "r7_50" if not r7_50

r8_50 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c50"
}

failed contains "r8_50" if not r8_50

r9_50 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/50"
}

failed contains "r9_50" if not r9_50

r10_50 if {
	every x in input.datasets { r10_50_x(x) }
}

r10_50_x(x) if {
	x.license != "proprietary-50"
}

failed contains "r10_50" if not r10_50

r11_50 if {
	every x in input.datasets { r11_50_x(x) }
}

r11_50_x(x) if {
	not x.personalData
}

r11_50_x(x) if {
	x.lawfulBasis != "basis-50"
}

failed contains "r11_50" if not r11_50

r12_50 if {
	every x in input.datasets { r12_50_x(x) }
}

r12_50_x(x) if {
	x.rows >= 1250
}

failed contains "r12_50" if not r12_50

r13_50 if {
	every x in input.datasets { r13_50_x(x) }
}

r13_50_x(x) if {
	x.missingRate <= 0.0550
	x.duplicateRate <= 0.0300
}

failed contains "r13_50" if not r13_50

r14_50 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 950
}

failed contains "r14_50" if not r14_50

r15_50 if {
	r15_50_any
}

r15_50_any if input.model.riskTier == "high"

r15_50_any if not r15_50_some

r15_50_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 60
}

failed contains "r15_50" if not r15_50

r16_50 if {
	every x in input.evaluation.fairness.groups { r16_50_x(x) }
}

r16_50_x(x) if {
	x.disparateImpact >= 0.8150
}

failed contains "r16_50" if not r16_50

r17_50 if {
	input.evaluations.count <= 55
}

failed contains "r17_50" if not r17_50

r18_50 if {
	input.now - input.evaluation.at <= 6912000000
}

failed contains "r18_50" if not r18_50

r19_50 if {
	r19_50_any
}

r19_50_any if {
	input.intent.environment != "production"
}

r19_50_any if {
	input.evaluation.f1 >= 0.7150
	input.evaluation.accuracy >= 0.7450
}

failed contains "r19_50" if not r19_50

r0_51 if {
	input.evaluation.auc >= 0.7581
}

failed contains "r0_51" if not r0_51

r1_51 if {
	input.evaluation.balancedAccuracy >= 0.6979
}

failed contains "r1_51" if not r1_51

r2_51 if {
	input.evaluation.fairness.disparateImpact >= 0.8561
	input.evaluation.fairness.disparateImpact <= 1.3367
}

failed contains "r2_51" if not r2_51

r3_51 if {
	input.evaluation.calibrationError <= 0.0557
}

failed contains "r3_51" if not r3_51

r4_51 if {
	input.evaluation.latencyP99Ms <= 233.0000
}

failed contains "r4_51" if not r4_51

r5_51 if {
	input.model.owner != "person:p51"
	input.model.intendedUse != ""
}

failed contains "r5_51" if not r5_51

r6_51 if {
	r6_51_any
}

r6_51_any if {
	input.model.riskTier != "prohibited"
}

r6_51_any if {
	input.intent.environment == "sandbox-51"
}

failed contains "r6_51" if not r6_51

r7_51 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-51"}
}

failed contains "r7_51" if not r7_51

r8_51 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c51"
}

failed contains "r8_51" if not r8_51

r9_51 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/51"
}

failed contains "r9_51" if not r9_51

r10_51 if {
	every x in input.datasets { r10_51_x(x) }
}

r10_51_x(x) if {
	x.license != "proprietary-51"
}

failed contains "r10_51" if not r10_51

r11_51 if {
	every x in input.datasets { r11_51_x(x) }
}

r11_51_x(x) if {
	not x.personalData
}

r11_51_x(x) if {
	x.lawfulBasis != "basis-51"
}

failed contains "r11_51" if not r11_51

r12_51 if {
	every x in input.datasets { r12_51_x(x) }
}

r12_51_x(x) if {
	x.rows >= 1267
}

failed contains "r12_51" if not r12_51

r13_51 if {
	every x in input.datasets { r13_51_x(x) }
}

r13_51_x(x) if {
	x.missingRate <= 0.0553
	x.duplicateRate <= 0.0302
}

failed contains "r13_51" if not r13_51

r14_51 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 963
}

failed contains "r14_51" if not r14_51

r15_51 if {
	r15_51_any
}

r15_51_any if input.model.riskTier == "high"

r15_51_any if not r15_51_some

r15_51_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 61
}

failed contains "r15_51" if not r15_51

r16_51 if {
	every x in input.evaluation.fairness.groups { r16_51_x(x) }
}

r16_51_x(x) if {
	x.disparateImpact >= 0.8163
}

failed contains "r16_51" if not r16_51

r17_51 if {
	input.evaluations.count <= 56
}

failed contains "r17_51" if not r17_51

r18_51 if {
	input.now - input.evaluation.at <= 6998400000
}

failed contains "r18_51" if not r18_51

r19_51 if {
	r19_51_any
}

r19_51_any if {
	input.intent.environment != "production"
}

r19_51_any if {
	input.evaluation.f1 >= 0.7173
	input.evaluation.accuracy >= 0.7469
}

failed contains "r19_51" if not r19_51

r0_52 if {
	input.evaluation.auc >= 0.7612
}

failed contains "r0_52" if not r0_52

r1_52 if {
	input.evaluation.balancedAccuracy >= 0.7008
}

failed contains "r1_52" if not r1_52

r2_52 if {
	input.evaluation.fairness.disparateImpact >= 0.8572
	input.evaluation.fairness.disparateImpact <= 1.3384
}

failed contains "r2_52" if not r2_52

r3_52 if {
	input.evaluation.calibrationError <= 0.0564
}

failed contains "r3_52" if not r3_52

r4_52 if {
	input.evaluation.latencyP99Ms <= 236.0000
}

failed contains "r4_52" if not r4_52

r5_52 if {
	input.model.owner != "person:p52"
	input.model.intendedUse != ""
}

failed contains "r5_52" if not r5_52

r6_52 if {
	r6_52_any
}

r6_52_any if {
	input.model.riskTier != "prohibited"
}

r6_52_any if {
	input.intent.environment == "sandbox-52"
}

failed contains "r6_52" if not r6_52

r7_52 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-52"}
}

failed contains "r7_52" if not r7_52

r8_52 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c52"
}

failed contains "r8_52" if not r8_52

r9_52 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/52"
}

failed contains "r9_52" if not r9_52

r10_52 if {
	every x in input.datasets { r10_52_x(x) }
}

r10_52_x(x) if {
	x.license != "proprietary-52"
}

failed contains "r10_52" if not r10_52

r11_52 if {
	every x in input.datasets { r11_52_x(x) }
}

r11_52_x(x) if {
	not x.personalData
}

r11_52_x(x) if {
	x.lawfulBasis != "basis-52"
}

failed contains "r11_52" if not r11_52

r12_52 if {
	every x in input.datasets { r12_52_x(x) }
}

r12_52_x(x) if {
	x.rows >= 1284
}

failed contains "r12_52" if not r12_52

r13_52 if {
	every x in input.datasets { r13_52_x(x) }
}

r13_52_x(x) if {
	x.missingRate <= 0.0556
	x.duplicateRate <= 0.0304
}

failed contains "r13_52" if not r13_52

r14_52 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 976
}

failed contains "r14_52" if not r14_52

r15_52 if {
	r15_52_any
}

r15_52_any if input.model.riskTier == "high"

r15_52_any if not r15_52_some

r15_52_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 62
}

failed contains "r15_52" if not r15_52

r16_52 if {
	every x in input.evaluation.fairness.groups { r16_52_x(x) }
}

r16_52_x(x) if {
	x.disparateImpact >= 0.8176
}

failed contains "r16_52" if not r16_52

r17_52 if {
	input.evaluations.count <= 57
}

failed contains "r17_52" if not r17_52

r18_52 if {
	input.now - input.evaluation.at <= 7084800000
}

failed contains "r18_52" if not r18_52

r19_52 if {
	r19_52_any
}

r19_52_any if {
	input.intent.environment != "production"
}

r19_52_any if {
	input.evaluation.f1 >= 0.7196
	input.evaluation.accuracy >= 0.7488
}

failed contains "r19_52" if not r19_52

r0_53 if {
	input.evaluation.auc >= 0.7643
}

failed contains "r0_53" if not r0_53

r1_53 if {
	input.evaluation.balancedAccuracy >= 0.7037
}

failed contains "r1_53" if not r1_53

r2_53 if {
	input.evaluation.fairness.disparateImpact >= 0.8583
	input.evaluation.fairness.disparateImpact <= 1.3401
}

failed contains "r2_53" if not r2_53

r3_53 if {
	input.evaluation.calibrationError <= 0.0571
}

failed contains "r3_53" if not r3_53

r4_53 if {
	input.evaluation.latencyP99Ms <= 239.0000
}

failed contains "r4_53" if not r4_53

r5_53 if {
	input.model.owner != "person:p53"
	input.model.intendedUse != ""
}

failed contains "r5_53" if not r5_53

r6_53 if {
	r6_53_any
}

r6_53_any if {
	input.model.riskTier != "prohibited"
}

r6_53_any if {
	input.intent.environment == "sandbox-53"
}

failed contains "r6_53" if not r6_53

r7_53 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-53"}
}

failed contains "r7_53" if not r7_53

r8_53 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c53"
}

failed contains "r8_53" if not r8_53

r9_53 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/53"
}

failed contains "r9_53" if not r9_53

r10_53 if {
	every x in input.datasets { r10_53_x(x) }
}

r10_53_x(x) if {
	x.license != "proprietary-53"
}

failed contains "r10_53" if not r10_53

r11_53 if {
	every x in input.datasets { r11_53_x(x) }
}

r11_53_x(x) if {
	not x.personalData
}

r11_53_x(x) if {
	x.lawfulBasis != "basis-53"
}

failed contains "r11_53" if not r11_53

r12_53 if {
	every x in input.datasets { r12_53_x(x) }
}

r12_53_x(x) if {
	x.rows >= 1301
}

failed contains "r12_53" if not r12_53

r13_53 if {
	every x in input.datasets { r13_53_x(x) }
}

r13_53_x(x) if {
	x.missingRate <= 0.0559
	x.duplicateRate <= 0.0306
}

failed contains "r13_53" if not r13_53

r14_53 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 989
}

failed contains "r14_53" if not r14_53

r15_53 if {
	r15_53_any
}

r15_53_any if input.model.riskTier == "high"

r15_53_any if not r15_53_some

r15_53_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 63
}

failed contains "r15_53" if not r15_53

r16_53 if {
	every x in input.evaluation.fairness.groups { r16_53_x(x) }
}

r16_53_x(x) if {
	x.disparateImpact >= 0.8189
}

failed contains "r16_53" if not r16_53

r17_53 if {
	input.evaluations.count <= 58
}

failed contains "r17_53" if not r17_53

r18_53 if {
	input.now - input.evaluation.at <= 7171200000
}

failed contains "r18_53" if not r18_53

r19_53 if {
	r19_53_any
}

r19_53_any if {
	input.intent.environment != "production"
}

r19_53_any if {
	input.evaluation.f1 >= 0.7219
	input.evaluation.accuracy >= 0.7507
}

failed contains "r19_53" if not r19_53

r0_54 if {
	input.evaluation.auc >= 0.7674
}

failed contains "r0_54" if not r0_54

r1_54 if {
	input.evaluation.balancedAccuracy >= 0.7066
}

failed contains "r1_54" if not r1_54

r2_54 if {
	input.evaluation.fairness.disparateImpact >= 0.8594
	input.evaluation.fairness.disparateImpact <= 1.3418
}

failed contains "r2_54" if not r2_54

r3_54 if {
	input.evaluation.calibrationError <= 0.0578
}

failed contains "r3_54" if not r3_54

r4_54 if {
	input.evaluation.latencyP99Ms <= 242.0000
}

failed contains "r4_54" if not r4_54

r5_54 if {
	input.model.owner != "person:p54"
	input.model.intendedUse != ""
}

failed contains "r5_54" if not r5_54

r6_54 if {
	r6_54_any
}

r6_54_any if {
	input.model.riskTier != "prohibited"
}

r6_54_any if {
	input.intent.environment == "sandbox-54"
}

failed contains "r6_54" if not r6_54

r7_54 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-54"}
}

failed contains "r7_54" if not r7_54

r8_54 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c54"
}

failed contains "r8_54" if not r8_54

r9_54 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/54"
}

failed contains "r9_54" if not r9_54

r10_54 if {
	every x in input.datasets { r10_54_x(x) }
}

r10_54_x(x) if {
	x.license != "proprietary-54"
}

failed contains "r10_54" if not r10_54

r11_54 if {
	every x in input.datasets { r11_54_x(x) }
}

r11_54_x(x) if {
	not x.personalData
}

r11_54_x(x) if {
	x.lawfulBasis != "basis-54"
}

failed contains "r11_54" if not r11_54

r12_54 if {
	every x in input.datasets { r12_54_x(x) }
}

r12_54_x(x) if {
	x.rows >= 1318
}

failed contains "r12_54" if not r12_54

r13_54 if {
	every x in input.datasets { r13_54_x(x) }
}

r13_54_x(x) if {
	x.missingRate <= 0.0562
	x.duplicateRate <= 0.0308
}

failed contains "r13_54" if not r13_54

r14_54 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1002
}

failed contains "r14_54" if not r14_54

r15_54 if {
	r15_54_any
}

r15_54_any if input.model.riskTier == "high"

r15_54_any if not r15_54_some

r15_54_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 64
}

failed contains "r15_54" if not r15_54

r16_54 if {
	every x in input.evaluation.fairness.groups { r16_54_x(x) }
}

r16_54_x(x) if {
	x.disparateImpact >= 0.8202
}

failed contains "r16_54" if not r16_54

r17_54 if {
	input.evaluations.count <= 59
}

failed contains "r17_54" if not r17_54

r18_54 if {
	input.now - input.evaluation.at <= 7257600000
}

failed contains "r18_54" if not r18_54

r19_54 if {
	r19_54_any
}

r19_54_any if {
	input.intent.environment != "production"
}

r19_54_any if {
	input.evaluation.f1 >= 0.7242
	input.evaluation.accuracy >= 0.7526
}

failed contains "r19_54" if not r19_54

r0_55 if {
	input.evaluation.auc >= 0.7705
}

failed contains "r0_55" if not r0_55

r1_55 if {
	input.evaluation.balancedAccuracy >= 0.7095
}

failed contains "r1_55" if not r1_55

r2_55 if {
	input.evaluation.fairness.disparateImpact >= 0.8605
	input.evaluation.fairness.disparateImpact <= 1.3435
}

failed contains "r2_55" if not r2_55

r3_55 if {
	input.evaluation.calibrationError <= 0.0585
}

failed contains "r3_55" if not r3_55

r4_55 if {
	input.evaluation.latencyP99Ms <= 245.0000
}

failed contains "r4_55" if not r4_55

r5_55 if {
	input.model.owner != "person:p55"
	input.model.intendedUse != ""
}

failed contains "r5_55" if not r5_55

r6_55 if {
	r6_55_any
}

r6_55_any if {
	input.model.riskTier != "prohibited"
}

r6_55_any if {
	input.intent.environment == "sandbox-55"
}

failed contains "r6_55" if not r6_55

r7_55 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-55"}
}

failed contains "r7_55" if not r7_55

r8_55 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c55"
}

failed contains "r8_55" if not r8_55

r9_55 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/55"
}

failed contains "r9_55" if not r9_55

r10_55 if {
	every x in input.datasets { r10_55_x(x) }
}

r10_55_x(x) if {
	x.license != "proprietary-55"
}

failed contains "r10_55" if not r10_55

r11_55 if {
	every x in input.datasets { r11_55_x(x) }
}

r11_55_x(x) if {
	not x.personalData
}

r11_55_x(x) if {
	x.lawfulBasis != "basis-55"
}

failed contains "r11_55" if not r11_55

r12_55 if {
	every x in input.datasets { r12_55_x(x) }
}

r12_55_x(x) if {
	x.rows >= 1335
}

failed contains "r12_55" if not r12_55

r13_55 if {
	every x in input.datasets { r13_55_x(x) }
}

r13_55_x(x) if {
	x.missingRate <= 0.0565
	x.duplicateRate <= 0.0310
}

failed contains "r13_55" if not r13_55

r14_55 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1015
}

failed contains "r14_55" if not r14_55

r15_55 if {
	r15_55_any
}

r15_55_any if input.model.riskTier == "high"

r15_55_any if not r15_55_some

r15_55_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 65
}

failed contains "r15_55" if not r15_55

r16_55 if {
	every x in input.evaluation.fairness.groups { r16_55_x(x) }
}

r16_55_x(x) if {
	x.disparateImpact >= 0.8215
}

failed contains "r16_55" if not r16_55

r17_55 if {
	input.evaluations.count <= 60
}

failed contains "r17_55" if not r17_55

r18_55 if {
	input.now - input.evaluation.at <= 7344000000
}

failed contains "r18_55" if not r18_55

r19_55 if {
	r19_55_any
}

r19_55_any if {
	input.intent.environment != "production"
}

r19_55_any if {
	input.evaluation.f1 >= 0.7265
	input.evaluation.accuracy >= 0.7545
}

failed contains "r19_55" if not r19_55

r0_56 if {
	input.evaluation.auc >= 0.7736
}

failed contains "r0_56" if not r0_56

r1_56 if {
	input.evaluation.balancedAccuracy >= 0.7124
}

failed contains "r1_56" if not r1_56

r2_56 if {
	input.evaluation.fairness.disparateImpact >= 0.8616
	input.evaluation.fairness.disparateImpact <= 1.3452
}

failed contains "r2_56" if not r2_56

r3_56 if {
	input.evaluation.calibrationError <= 0.0592
}

failed contains "r3_56" if not r3_56

r4_56 if {
	input.evaluation.latencyP99Ms <= 248.0000
}

failed contains "r4_56" if not r4_56

r5_56 if {
	input.model.owner != "person:p56"
	input.model.intendedUse != ""
}

failed contains "r5_56" if not r5_56

r6_56 if {
	r6_56_any
}

r6_56_any if {
	input.model.riskTier != "prohibited"
}

r6_56_any if {
	input.intent.environment == "sandbox-56"
}

failed contains "r6_56" if not r6_56

r7_56 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-56"}
}

failed contains "r7_56" if not r7_56

r8_56 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c56"
}

failed contains "r8_56" if not r8_56

r9_56 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/56"
}

failed contains "r9_56" if not r9_56

r10_56 if {
	every x in input.datasets { r10_56_x(x) }
}

r10_56_x(x) if {
	x.license != "proprietary-56"
}

failed contains "r10_56" if not r10_56

r11_56 if {
	every x in input.datasets { r11_56_x(x) }
}

r11_56_x(x) if {
	not x.personalData
}

r11_56_x(x) if {
	x.lawfulBasis != "basis-56"
}

failed contains "r11_56" if not r11_56

r12_56 if {
	every x in input.datasets { r12_56_x(x) }
}

r12_56_x(x) if {
	x.rows >= 1352
}

failed contains "r12_56" if not r12_56

r13_56 if {
	every x in input.datasets { r13_56_x(x) }
}

r13_56_x(x) if {
	x.missingRate <= 0.0568
	x.duplicateRate <= 0.0312
}

failed contains "r13_56" if not r13_56

r14_56 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1028
}

failed contains "r14_56" if not r14_56

r15_56 if {
	r15_56_any
}

r15_56_any if input.model.riskTier == "high"

r15_56_any if not r15_56_some

r15_56_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 66
}

failed contains "r15_56" if not r15_56

r16_56 if {
	every x in input.evaluation.fairness.groups { r16_56_x(x) }
}

r16_56_x(x) if {
	x.disparateImpact >= 0.8228
}

failed contains "r16_56" if not r16_56

r17_56 if {
	input.evaluations.count <= 61
}

failed contains "r17_56" if not r17_56

r18_56 if {
	input.now - input.evaluation.at <= 7430400000
}

failed contains "r18_56" if not r18_56

r19_56 if {
	r19_56_any
}

r19_56_any if {
	input.intent.environment != "production"
}

r19_56_any if {
	input.evaluation.f1 >= 0.7288
	input.evaluation.accuracy >= 0.7564
}

failed contains "r19_56" if not r19_56

r0_57 if {
	input.evaluation.auc >= 0.7767
}

failed contains "r0_57" if not r0_57

r1_57 if {
	input.evaluation.balancedAccuracy >= 0.7153
}

failed contains "r1_57" if not r1_57

r2_57 if {
	input.evaluation.fairness.disparateImpact >= 0.8627
	input.evaluation.fairness.disparateImpact <= 1.3469
}

failed contains "r2_57" if not r2_57

r3_57 if {
	input.evaluation.calibrationError <= 0.0599
}

failed contains "r3_57" if not r3_57

r4_57 if {
	input.evaluation.latencyP99Ms <= 251.0000
}

failed contains "r4_57" if not r4_57

r5_57 if {
	input.model.owner != "person:p57"
	input.model.intendedUse != ""
}

failed contains "r5_57" if not r5_57

r6_57 if {
	r6_57_any
}

r6_57_any if {
	input.model.riskTier != "prohibited"
}

r6_57_any if {
	input.intent.environment == "sandbox-57"
}

failed contains "r6_57" if not r6_57

r7_57 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-57"}
}

failed contains "r7_57" if not r7_57

r8_57 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c57"
}

failed contains "r8_57" if not r8_57

r9_57 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/57"
}

failed contains "r9_57" if not r9_57

r10_57 if {
	every x in input.datasets { r10_57_x(x) }
}

r10_57_x(x) if {
	x.license != "proprietary-57"
}

failed contains "r10_57" if not r10_57

r11_57 if {
	every x in input.datasets { r11_57_x(x) }
}

r11_57_x(x) if {
	not x.personalData
}

r11_57_x(x) if {
	x.lawfulBasis != "basis-57"
}

failed contains "r11_57" if not r11_57

r12_57 if {
	every x in input.datasets { r12_57_x(x) }
}

r12_57_x(x) if {
	x.rows >= 1369
}

failed contains "r12_57" if not r12_57

r13_57 if {
	every x in input.datasets { r13_57_x(x) }
}

r13_57_x(x) if {
	x.missingRate <= 0.0571
	x.duplicateRate <= 0.0314
}

failed contains "r13_57" if not r13_57

r14_57 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1041
}

failed contains "r14_57" if not r14_57

r15_57 if {
	r15_57_any
}

r15_57_any if input.model.riskTier == "high"

r15_57_any if not r15_57_some

r15_57_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 67
}

failed contains "r15_57" if not r15_57

r16_57 if {
	every x in input.evaluation.fairness.groups { r16_57_x(x) }
}

r16_57_x(x) if {
	x.disparateImpact >= 0.8241
}

failed contains "r16_57" if not r16_57

r17_57 if {
	input.evaluations.count <= 62
}

failed contains "r17_57" if not r17_57

r18_57 if {
	input.now - input.evaluation.at <= 7516800000
}

failed contains "r18_57" if not r18_57

r19_57 if {
	r19_57_any
}

r19_57_any if {
	input.intent.environment != "production"
}

r19_57_any if {
	input.evaluation.f1 >= 0.7311
	input.evaluation.accuracy >= 0.7583
}

failed contains "r19_57" if not r19_57

r0_58 if {
	input.evaluation.auc >= 0.7798
}

failed contains "r0_58" if not r0_58

r1_58 if {
	input.evaluation.balancedAccuracy >= 0.7182
}

failed contains "r1_58" if not r1_58

r2_58 if {
	input.evaluation.fairness.disparateImpact >= 0.8638
	input.evaluation.fairness.disparateImpact <= 1.3486
}

failed contains "r2_58" if not r2_58

r3_58 if {
	input.evaluation.calibrationError <= 0.0606
}

failed contains "r3_58" if not r3_58

r4_58 if {
	input.evaluation.latencyP99Ms <= 254.0000
}

failed contains "r4_58" if not r4_58

r5_58 if {
	input.model.owner != "person:p58"
	input.model.intendedUse != ""
}

failed contains "r5_58" if not r5_58

r6_58 if {
	r6_58_any
}

r6_58_any if {
	input.model.riskTier != "prohibited"
}

r6_58_any if {
	input.intent.environment == "sandbox-58"
}

failed contains "r6_58" if not r6_58

r7_58 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-58"}
}

failed contains "r7_58" if not r7_58

r8_58 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c58"
}

failed contains "r8_58" if not r8_58

r9_58 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/58"
}

failed contains "r9_58" if not r9_58

r10_58 if {
	every x in input.datasets { r10_58_x(x) }
}

r10_58_x(x) if {
	x.license != "proprietary-58"
}

failed contains "r10_58" if not r10_58

r11_58 if {
	every x in input.datasets { r11_58_x(x) }
}

r11_58_x(x) if {
	not x.personalData
}

r11_58_x(x) if {
	x.lawfulBasis != "basis-58"
}

failed contains "r11_58" if not r11_58

r12_58 if {
	every x in input.datasets { r12_58_x(x) }
}

r12_58_x(x) if {
	x.rows >= 1386
}

failed contains "r12_58" if not r12_58

r13_58 if {
	every x in input.datasets { r13_58_x(x) }
}

r13_58_x(x) if {
	x.missingRate <= 0.0574
	x.duplicateRate <= 0.0316
}

failed contains "r13_58" if not r13_58

r14_58 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1054
}

failed contains "r14_58" if not r14_58

r15_58 if {
	r15_58_any
}

r15_58_any if input.model.riskTier == "high"

r15_58_any if not r15_58_some

r15_58_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 68
}

failed contains "r15_58" if not r15_58

r16_58 if {
	every x in input.evaluation.fairness.groups { r16_58_x(x) }
}

r16_58_x(x) if {
	x.disparateImpact >= 0.8254
}

failed contains "r16_58" if not r16_58

r17_58 if {
	input.evaluations.count <= 63
}

failed contains "r17_58" if not r17_58

r18_58 if {
	input.now - input.evaluation.at <= 7603200000
}

failed contains "r18_58" if not r18_58

r19_58 if {
	r19_58_any
}

r19_58_any if {
	input.intent.environment != "production"
}

r19_58_any if {
	input.evaluation.f1 >= 0.7334
	input.evaluation.accuracy >= 0.7602
}

failed contains "r19_58" if not r19_58

r0_59 if {
	input.evaluation.auc >= 0.7829
}

failed contains "r0_59" if not r0_59

r1_59 if {
	input.evaluation.balancedAccuracy >= 0.7211
}

failed contains "r1_59" if not r1_59

r2_59 if {
	input.evaluation.fairness.disparateImpact >= 0.8649
	input.evaluation.fairness.disparateImpact <= 1.3503
}

failed contains "r2_59" if not r2_59

r3_59 if {
	input.evaluation.calibrationError <= 0.0613
}

failed contains "r3_59" if not r3_59

r4_59 if {
	input.evaluation.latencyP99Ms <= 257.0000
}

failed contains "r4_59" if not r4_59

r5_59 if {
	input.model.owner != "person:p59"
	input.model.intendedUse != ""
}

failed contains "r5_59" if not r5_59

r6_59 if {
	r6_59_any
}

r6_59_any if {
	input.model.riskTier != "prohibited"
}

r6_59_any if {
	input.intent.environment == "sandbox-59"
}

failed contains "r6_59" if not r6_59

r7_59 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-59"}
}

failed contains "r7_59" if not r7_59

r8_59 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c59"
}

failed contains "r8_59" if not r8_59

r9_59 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/59"
}

failed contains "r9_59" if not r9_59

r10_59 if {
	every x in input.datasets { r10_59_x(x) }
}

r10_59_x(x) if {
	x.license != "proprietary-59"
}

failed contains "r10_59" if not r10_59

r11_59 if {
	every x in input.datasets { r11_59_x(x) }
}

r11_59_x(x) if {
	not x.personalData
}

r11_59_x(x) if {
	x.lawfulBasis != "basis-59"
}

failed contains "r11_59" if not r11_59

r12_59 if {
	every x in input.datasets { r12_59_x(x) }
}

r12_59_x(x) if {
	x.rows >= 1403
}

failed contains "r12_59" if not r12_59

r13_59 if {
	every x in input.datasets { r13_59_x(x) }
}

r13_59_x(x) if {
	x.missingRate <= 0.0577
	x.duplicateRate <= 0.0318
}

failed contains "r13_59" if not r13_59

r14_59 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1067
}

failed contains "r14_59" if not r14_59

r15_59 if {
	r15_59_any
}

r15_59_any if input.model.riskTier == "high"

r15_59_any if not r15_59_some

r15_59_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 69
}

failed contains "r15_59" if not r15_59

r16_59 if {
	every x in input.evaluation.fairness.groups { r16_59_x(x) }
}

r16_59_x(x) if {
	x.disparateImpact >= 0.8267
}

failed contains "r16_59" if not r16_59

r17_59 if {
	input.evaluations.count <= 64
}

failed contains "r17_59" if not r17_59

r18_59 if {
	input.now - input.evaluation.at <= 7689600000
}

failed contains "r18_59" if not r18_59

r19_59 if {
	r19_59_any
}

r19_59_any if {
	input.intent.environment != "production"
}

r19_59_any if {
	input.evaluation.f1 >= 0.7357
	input.evaluation.accuracy >= 0.7621
}

failed contains "r19_59" if not r19_59

r0_60 if {
	input.evaluation.auc >= 0.7860
}

failed contains "r0_60" if not r0_60

r1_60 if {
	input.evaluation.balancedAccuracy >= 0.7240
}

failed contains "r1_60" if not r1_60

r2_60 if {
	input.evaluation.fairness.disparateImpact >= 0.8660
	input.evaluation.fairness.disparateImpact <= 1.3520
}

failed contains "r2_60" if not r2_60

r3_60 if {
	input.evaluation.calibrationError <= 0.0620
}

failed contains "r3_60" if not r3_60

r4_60 if {
	input.evaluation.latencyP99Ms <= 260.0000
}

failed contains "r4_60" if not r4_60

r5_60 if {
	input.model.owner != "person:p60"
	input.model.intendedUse != ""
}

failed contains "r5_60" if not r5_60

r6_60 if {
	r6_60_any
}

r6_60_any if {
	input.model.riskTier != "prohibited"
}

r6_60_any if {
	input.intent.environment == "sandbox-60"
}

failed contains "r6_60" if not r6_60

r7_60 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-60"}
}

failed contains "r7_60" if not r7_60

r8_60 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c60"
}

failed contains "r8_60" if not r8_60

r9_60 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/60"
}

failed contains "r9_60" if not r9_60

r10_60 if {
	every x in input.datasets { r10_60_x(x) }
}

r10_60_x(x) if {
	x.license != "proprietary-60"
}

failed contains "r10_60" if not r10_60

r11_60 if {
	every x in input.datasets { r11_60_x(x) }
}

r11_60_x(x) if {
	not x.personalData
}

r11_60_x(x) if {
	x.lawfulBasis != "basis-60"
}

failed contains "r11_60" if not r11_60

r12_60 if {
	every x in input.datasets { r12_60_x(x) }
}

r12_60_x(x) if {
	x.rows >= 1420
}

failed contains "r12_60" if not r12_60

r13_60 if {
	every x in input.datasets { r13_60_x(x) }
}

r13_60_x(x) if {
	x.missingRate <= 0.0580
	x.duplicateRate <= 0.0320
}

failed contains "r13_60" if not r13_60

r14_60 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1080
}

failed contains "r14_60" if not r14_60

r15_60 if {
	r15_60_any
}

r15_60_any if input.model.riskTier == "high"

r15_60_any if not r15_60_some

r15_60_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 70
}

failed contains "r15_60" if not r15_60

r16_60 if {
	every x in input.evaluation.fairness.groups { r16_60_x(x) }
}

r16_60_x(x) if {
	x.disparateImpact >= 0.8280
}

failed contains "r16_60" if not r16_60

r17_60 if {
	input.evaluations.count <= 65
}

failed contains "r17_60" if not r17_60

r18_60 if {
	input.now - input.evaluation.at <= 7776000000
}

failed contains "r18_60" if not r18_60

r19_60 if {
	r19_60_any
}

r19_60_any if {
	input.intent.environment != "production"
}

r19_60_any if {
	input.evaluation.f1 >= 0.7380
	input.evaluation.accuracy >= 0.7640
}

failed contains "r19_60" if not r19_60

r0_61 if {
	input.evaluation.auc >= 0.7891
}

failed contains "r0_61" if not r0_61

r1_61 if {
	input.evaluation.balancedAccuracy >= 0.7269
}

failed contains "r1_61" if not r1_61

r2_61 if {
	input.evaluation.fairness.disparateImpact >= 0.8671
	input.evaluation.fairness.disparateImpact <= 1.3537
}

failed contains "r2_61" if not r2_61

r3_61 if {
	input.evaluation.calibrationError <= 0.0627
}

failed contains "r3_61" if not r3_61

r4_61 if {
	input.evaluation.latencyP99Ms <= 263.0000
}

failed contains "r4_61" if not r4_61

r5_61 if {
	input.model.owner != "person:p61"
	input.model.intendedUse != ""
}

failed contains "r5_61" if not r5_61

r6_61 if {
	r6_61_any
}

r6_61_any if {
	input.model.riskTier != "prohibited"
}

r6_61_any if {
	input.intent.environment == "sandbox-61"
}

failed contains "r6_61" if not r6_61

r7_61 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-61"}
}

failed contains "r7_61" if not r7_61

r8_61 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c61"
}

failed contains "r8_61" if not r8_61

r9_61 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/61"
}

failed contains "r9_61" if not r9_61

r10_61 if {
	every x in input.datasets { r10_61_x(x) }
}

r10_61_x(x) if {
	x.license != "proprietary-61"
}

failed contains "r10_61" if not r10_61

r11_61 if {
	every x in input.datasets { r11_61_x(x) }
}

r11_61_x(x) if {
	not x.personalData
}

r11_61_x(x) if {
	x.lawfulBasis != "basis-61"
}

failed contains "r11_61" if not r11_61

r12_61 if {
	every x in input.datasets { r12_61_x(x) }
}

r12_61_x(x) if {
	x.rows >= 1437
}

failed contains "r12_61" if not r12_61

r13_61 if {
	every x in input.datasets { r13_61_x(x) }
}

r13_61_x(x) if {
	x.missingRate <= 0.0583
	x.duplicateRate <= 0.0322
}

failed contains "r13_61" if not r13_61

r14_61 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1093
}

failed contains "r14_61" if not r14_61

r15_61 if {
	r15_61_any
}

r15_61_any if input.model.riskTier == "high"

r15_61_any if not r15_61_some

r15_61_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 71
}

failed contains "r15_61" if not r15_61

r16_61 if {
	every x in input.evaluation.fairness.groups { r16_61_x(x) }
}

r16_61_x(x) if {
	x.disparateImpact >= 0.8293
}

failed contains "r16_61" if not r16_61

r17_61 if {
	input.evaluations.count <= 66
}

failed contains "r17_61" if not r17_61

r18_61 if {
	input.now - input.evaluation.at <= 7862400000
}

failed contains "r18_61" if not r18_61

r19_61 if {
	r19_61_any
}

r19_61_any if {
	input.intent.environment != "production"
}

r19_61_any if {
	input.evaluation.f1 >= 0.7403
	input.evaluation.accuracy >= 0.7659
}

failed contains "r19_61" if not r19_61

r0_62 if {
	input.evaluation.auc >= 0.7922
}

failed contains "r0_62" if not r0_62

r1_62 if {
	input.evaluation.balancedAccuracy >= 0.7298
}

failed contains "r1_62" if not r1_62

r2_62 if {
	input.evaluation.fairness.disparateImpact >= 0.8682
	input.evaluation.fairness.disparateImpact <= 1.3554
}

failed contains "r2_62" if not r2_62

r3_62 if {
	input.evaluation.calibrationError <= 0.0634
}

failed contains "r3_62" if not r3_62

r4_62 if {
	input.evaluation.latencyP99Ms <= 266.0000
}

failed contains "r4_62" if not r4_62

r5_62 if {
	input.model.owner != "person:p62"
	input.model.intendedUse != ""
}

failed contains "r5_62" if not r5_62

r6_62 if {
	r6_62_any
}

r6_62_any if {
	input.model.riskTier != "prohibited"
}

r6_62_any if {
	input.intent.environment == "sandbox-62"
}

failed contains "r6_62" if not r6_62

r7_62 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-62"}
}

failed contains "r7_62" if not r7_62

r8_62 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c62"
}

failed contains "r8_62" if not r8_62

r9_62 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/62"
}

failed contains "r9_62" if not r9_62

r10_62 if {
	every x in input.datasets { r10_62_x(x) }
}

r10_62_x(x) if {
	x.license != "proprietary-62"
}

failed contains "r10_62" if not r10_62

r11_62 if {
	every x in input.datasets { r11_62_x(x) }
}

r11_62_x(x) if {
	not x.personalData
}

r11_62_x(x) if {
	x.lawfulBasis != "basis-62"
}

failed contains "r11_62" if not r11_62

r12_62 if {
	every x in input.datasets { r12_62_x(x) }
}

r12_62_x(x) if {
	x.rows >= 1454
}

failed contains "r12_62" if not r12_62

r13_62 if {
	every x in input.datasets { r13_62_x(x) }
}

r13_62_x(x) if {
	x.missingRate <= 0.0586
	x.duplicateRate <= 0.0324
}

failed contains "r13_62" if not r13_62

r14_62 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1106
}

failed contains "r14_62" if not r14_62

r15_62 if {
	r15_62_any
}

r15_62_any if input.model.riskTier == "high"

r15_62_any if not r15_62_some

r15_62_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 72
}

failed contains "r15_62" if not r15_62

r16_62 if {
	every x in input.evaluation.fairness.groups { r16_62_x(x) }
}

r16_62_x(x) if {
	x.disparateImpact >= 0.8306
}

failed contains "r16_62" if not r16_62

r17_62 if {
	input.evaluations.count <= 67
}

failed contains "r17_62" if not r17_62

r18_62 if {
	input.now - input.evaluation.at <= 7948800000
}

failed contains "r18_62" if not r18_62

r19_62 if {
	r19_62_any
}

r19_62_any if {
	input.intent.environment != "production"
}

r19_62_any if {
	input.evaluation.f1 >= 0.7426
	input.evaluation.accuracy >= 0.7678
}

failed contains "r19_62" if not r19_62

r0_63 if {
	input.evaluation.auc >= 0.7953
}

failed contains "r0_63" if not r0_63

r1_63 if {
	input.evaluation.balancedAccuracy >= 0.7327
}

failed contains "r1_63" if not r1_63

r2_63 if {
	input.evaluation.fairness.disparateImpact >= 0.8693
	input.evaluation.fairness.disparateImpact <= 1.3571
}

failed contains "r2_63" if not r2_63

r3_63 if {
	input.evaluation.calibrationError <= 0.0641
}

failed contains "r3_63" if not r3_63

r4_63 if {
	input.evaluation.latencyP99Ms <= 269.0000
}

failed contains "r4_63" if not r4_63

r5_63 if {
	input.model.owner != "person:p63"
	input.model.intendedUse != ""
}

failed contains "r5_63" if not r5_63

r6_63 if {
	r6_63_any
}

r6_63_any if {
	input.model.riskTier != "prohibited"
}

r6_63_any if {
	input.intent.environment == "sandbox-63"
}

failed contains "r6_63" if not r6_63

r7_63 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-63"}
}

failed contains "r7_63" if not r7_63

r8_63 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c63"
}

failed contains "r8_63" if not r8_63

r9_63 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/63"
}

failed contains "r9_63" if not r9_63

r10_63 if {
	every x in input.datasets { r10_63_x(x) }
}

r10_63_x(x) if {
	x.license != "proprietary-63"
}

failed contains "r10_63" if not r10_63

r11_63 if {
	every x in input.datasets { r11_63_x(x) }
}

r11_63_x(x) if {
	not x.personalData
}

r11_63_x(x) if {
	x.lawfulBasis != "basis-63"
}

failed contains "r11_63" if not r11_63

r12_63 if {
	every x in input.datasets { r12_63_x(x) }
}

r12_63_x(x) if {
	x.rows >= 1471
}

failed contains "r12_63" if not r12_63

r13_63 if {
	every x in input.datasets { r13_63_x(x) }
}

r13_63_x(x) if {
	x.missingRate <= 0.0589
	x.duplicateRate <= 0.0326
}

failed contains "r13_63" if not r13_63

r14_63 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1119
}

failed contains "r14_63" if not r14_63

r15_63 if {
	r15_63_any
}

r15_63_any if input.model.riskTier == "high"

r15_63_any if not r15_63_some

r15_63_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 73
}

failed contains "r15_63" if not r15_63

r16_63 if {
	every x in input.evaluation.fairness.groups { r16_63_x(x) }
}

r16_63_x(x) if {
	x.disparateImpact >= 0.8319
}

failed contains "r16_63" if not r16_63

r17_63 if {
	input.evaluations.count <= 68
}

failed contains "r17_63" if not r17_63

r18_63 if {
	input.now - input.evaluation.at <= 8035200000
}

failed contains "r18_63" if not r18_63

r19_63 if {
	r19_63_any
}

r19_63_any if {
	input.intent.environment != "production"
}

r19_63_any if {
	input.evaluation.f1 >= 0.7449
	input.evaluation.accuracy >= 0.7697
}

failed contains "r19_63" if not r19_63

r0_64 if {
	input.evaluation.auc >= 0.7984
}

failed contains "r0_64" if not r0_64

r1_64 if {
	input.evaluation.balancedAccuracy >= 0.7356
}

failed contains "r1_64" if not r1_64

r2_64 if {
	input.evaluation.fairness.disparateImpact >= 0.8704
	input.evaluation.fairness.disparateImpact <= 1.3588
}

failed contains "r2_64" if not r2_64

r3_64 if {
	input.evaluation.calibrationError <= 0.0648
}

failed contains "r3_64" if not r3_64

r4_64 if {
	input.evaluation.latencyP99Ms <= 272.0000
}

failed contains "r4_64" if not r4_64

r5_64 if {
	input.model.owner != "person:p64"
	input.model.intendedUse != ""
}

failed contains "r5_64" if not r5_64

r6_64 if {
	r6_64_any
}

r6_64_any if {
	input.model.riskTier != "prohibited"
}

r6_64_any if {
	input.intent.environment == "sandbox-64"
}

failed contains "r6_64" if not r6_64

r7_64 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-64"}
}

failed contains "r7_64" if not r7_64

r8_64 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c64"
}

failed contains "r8_64" if not r8_64

r9_64 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/64"
}

failed contains "r9_64" if not r9_64

r10_64 if {
	every x in input.datasets { r10_64_x(x) }
}

r10_64_x(x) if {
	x.license != "proprietary-64"
}

failed contains "r10_64" if not r10_64

r11_64 if {
	every x in input.datasets { r11_64_x(x) }
}

r11_64_x(x) if {
	not x.personalData
}

r11_64_x(x) if {
	x.lawfulBasis != "basis-64"
}

failed contains "r11_64" if not r11_64

r12_64 if {
	every x in input.datasets { r12_64_x(x) }
}

r12_64_x(x) if {
	x.rows >= 1488
}

failed contains "r12_64" if not r12_64

r13_64 if {
	every x in input.datasets { r13_64_x(x) }
}

r13_64_x(x) if {
	x.missingRate <= 0.0592
	x.duplicateRate <= 0.0328
}

failed contains "r13_64" if not r13_64

r14_64 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1132
}

failed contains "r14_64" if not r14_64

r15_64 if {
	r15_64_any
}

r15_64_any if input.model.riskTier == "high"

r15_64_any if not r15_64_some

r15_64_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 74
}

failed contains "r15_64" if not r15_64

r16_64 if {
	every x in input.evaluation.fairness.groups { r16_64_x(x) }
}

r16_64_x(x) if {
	x.disparateImpact >= 0.8332
}

failed contains "r16_64" if not r16_64

r17_64 if {
	input.evaluations.count <= 69
}

failed contains "r17_64" if not r17_64

r18_64 if {
	input.now - input.evaluation.at <= 8121600000
}

failed contains "r18_64" if not r18_64

r19_64 if {
	r19_64_any
}

r19_64_any if {
	input.intent.environment != "production"
}

r19_64_any if {
	input.evaluation.f1 >= 0.7472
	input.evaluation.accuracy >= 0.7716
}

failed contains "r19_64" if not r19_64

r0_65 if {
	input.evaluation.auc >= 0.8015
}

failed contains "r0_65" if not r0_65

r1_65 if {
	input.evaluation.balancedAccuracy >= 0.7385
}

failed contains "r1_65" if not r1_65

r2_65 if {
	input.evaluation.fairness.disparateImpact >= 0.8715
	input.evaluation.fairness.disparateImpact <= 1.3605
}

failed contains "r2_65" if not r2_65

r3_65 if {
	input.evaluation.calibrationError <= 0.0655
}

failed contains "r3_65" if not r3_65

r4_65 if {
	input.evaluation.latencyP99Ms <= 275.0000
}

failed contains "r4_65" if not r4_65

r5_65 if {
	input.model.owner != "person:p65"
	input.model.intendedUse != ""
}

failed contains "r5_65" if not r5_65

r6_65 if {
	r6_65_any
}

r6_65_any if {
	input.model.riskTier != "prohibited"
}

r6_65_any if {
	input.intent.environment == "sandbox-65"
}

failed contains "r6_65" if not r6_65

r7_65 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-65"}
}

failed contains "r7_65" if not r7_65

r8_65 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c65"
}

failed contains "r8_65" if not r8_65

r9_65 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/65"
}

failed contains "r9_65" if not r9_65

r10_65 if {
	every x in input.datasets { r10_65_x(x) }
}

r10_65_x(x) if {
	x.license != "proprietary-65"
}

failed contains "r10_65" if not r10_65

r11_65 if {
	every x in input.datasets { r11_65_x(x) }
}

r11_65_x(x) if {
	not x.personalData
}

r11_65_x(x) if {
	x.lawfulBasis != "basis-65"
}

failed contains "r11_65" if not r11_65

r12_65 if {
	every x in input.datasets { r12_65_x(x) }
}

r12_65_x(x) if {
	x.rows >= 1505
}

failed contains "r12_65" if not r12_65

r13_65 if {
	every x in input.datasets { r13_65_x(x) }
}

r13_65_x(x) if {
	x.missingRate <= 0.0595
	x.duplicateRate <= 0.0330
}

failed contains "r13_65" if not r13_65

r14_65 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1145
}

failed contains "r14_65" if not r14_65

r15_65 if {
	r15_65_any
}

r15_65_any if input.model.riskTier == "high"

r15_65_any if not r15_65_some

r15_65_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 75
}

failed contains "r15_65" if not r15_65

r16_65 if {
	every x in input.evaluation.fairness.groups { r16_65_x(x) }
}

r16_65_x(x) if {
	x.disparateImpact >= 0.8345
}

failed contains "r16_65" if not r16_65

r17_65 if {
	input.evaluations.count <= 70
}

failed contains "r17_65" if not r17_65

r18_65 if {
	input.now - input.evaluation.at <= 8208000000
}

failed contains "r18_65" if not r18_65

r19_65 if {
	r19_65_any
}

r19_65_any if {
	input.intent.environment != "production"
}

r19_65_any if {
	input.evaluation.f1 >= 0.7495
	input.evaluation.accuracy >= 0.7735
}

failed contains "r19_65" if not r19_65

r0_66 if {
	input.evaluation.auc >= 0.8046
}

failed contains "r0_66" if not r0_66

r1_66 if {
	input.evaluation.balancedAccuracy >= 0.7414
}

failed contains "r1_66" if not r1_66

r2_66 if {
	input.evaluation.fairness.disparateImpact >= 0.8726
	input.evaluation.fairness.disparateImpact <= 1.3622
}

failed contains "r2_66" if not r2_66

r3_66 if {
	input.evaluation.calibrationError <= 0.0662
}

failed contains "r3_66" if not r3_66

r4_66 if {
	input.evaluation.latencyP99Ms <= 278.0000
}

failed contains "r4_66" if not r4_66

r5_66 if {
	input.model.owner != "person:p66"
	input.model.intendedUse != ""
}

failed contains "r5_66" if not r5_66

r6_66 if {
	r6_66_any
}

r6_66_any if {
	input.model.riskTier != "prohibited"
}

r6_66_any if {
	input.intent.environment == "sandbox-66"
}

failed contains "r6_66" if not r6_66

r7_66 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-66"}
}

failed contains "r7_66" if not r7_66

r8_66 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c66"
}

failed contains "r8_66" if not r8_66

r9_66 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/66"
}

failed contains "r9_66" if not r9_66

r10_66 if {
	every x in input.datasets { r10_66_x(x) }
}

r10_66_x(x) if {
	x.license != "proprietary-66"
}

failed contains "r10_66" if not r10_66

r11_66 if {
	every x in input.datasets { r11_66_x(x) }
}

r11_66_x(x) if {
	not x.personalData
}

r11_66_x(x) if {
	x.lawfulBasis != "basis-66"
}

failed contains "r11_66" if not r11_66

r12_66 if {
	every x in input.datasets { r12_66_x(x) }
}

r12_66_x(x) if {
	x.rows >= 1522
}

failed contains "r12_66" if not r12_66

r13_66 if {
	every x in input.datasets { r13_66_x(x) }
}

r13_66_x(x) if {
	x.missingRate <= 0.0598
	x.duplicateRate <= 0.0332
}

failed contains "r13_66" if not r13_66

r14_66 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1158
}

failed contains "r14_66" if not r14_66

r15_66 if {
	r15_66_any
}

r15_66_any if input.model.riskTier == "high"

r15_66_any if not r15_66_some

r15_66_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 76
}

failed contains "r15_66" if not r15_66

r16_66 if {
	every x in input.evaluation.fairness.groups { r16_66_x(x) }
}

r16_66_x(x) if {
	x.disparateImpact >= 0.8358
}

failed contains "r16_66" if not r16_66

r17_66 if {
	input.evaluations.count <= 71
}

failed contains "r17_66" if not r17_66

r18_66 if {
	input.now - input.evaluation.at <= 8294400000
}

failed contains "r18_66" if not r18_66

r19_66 if {
	r19_66_any
}

r19_66_any if {
	input.intent.environment != "production"
}

r19_66_any if {
	input.evaluation.f1 >= 0.7518
	input.evaluation.accuracy >= 0.7754
}

failed contains "r19_66" if not r19_66

r0_67 if {
	input.evaluation.auc >= 0.8077
}

failed contains "r0_67" if not r0_67

r1_67 if {
	input.evaluation.balancedAccuracy >= 0.7443
}

failed contains "r1_67" if not r1_67

r2_67 if {
	input.evaluation.fairness.disparateImpact >= 0.8737
	input.evaluation.fairness.disparateImpact <= 1.3639
}

failed contains "r2_67" if not r2_67

r3_67 if {
	input.evaluation.calibrationError <= 0.0669
}

failed contains "r3_67" if not r3_67

r4_67 if {
	input.evaluation.latencyP99Ms <= 281.0000
}

failed contains "r4_67" if not r4_67

r5_67 if {
	input.model.owner != "person:p67"
	input.model.intendedUse != ""
}

failed contains "r5_67" if not r5_67

r6_67 if {
	r6_67_any
}

r6_67_any if {
	input.model.riskTier != "prohibited"
}

r6_67_any if {
	input.intent.environment == "sandbox-67"
}

failed contains "r6_67" if not r6_67

r7_67 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-67"}
}

failed contains "r7_67" if not r7_67

r8_67 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c67"
}

failed contains "r8_67" if not r8_67

r9_67 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/67"
}

failed contains "r9_67" if not r9_67

r10_67 if {
	every x in input.datasets { r10_67_x(x) }
}

r10_67_x(x) if {
	x.license != "proprietary-67"
}

failed contains "r10_67" if not r10_67

r11_67 if {
	every x in input.datasets { r11_67_x(x) }
}

r11_67_x(x) if {
	not x.personalData
}

r11_67_x(x) if {
	x.lawfulBasis != "basis-67"
}

failed contains "r11_67" if not r11_67

r12_67 if {
	every x in input.datasets { r12_67_x(x) }
}

r12_67_x(x) if {
	x.rows >= 1539
}

failed contains "r12_67" if not r12_67

r13_67 if {
	every x in input.datasets { r13_67_x(x) }
}

r13_67_x(x) if {
	x.missingRate <= 0.0601
	x.duplicateRate <= 0.0334
}

failed contains "r13_67" if not r13_67

r14_67 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1171
}

failed contains "r14_67" if not r14_67

r15_67 if {
	r15_67_any
}

r15_67_any if input.model.riskTier == "high"

r15_67_any if not r15_67_some

r15_67_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 77
}

failed contains "r15_67" if not r15_67

r16_67 if {
	every x in input.evaluation.fairness.groups { r16_67_x(x) }
}

r16_67_x(x) if {
	x.disparateImpact >= 0.8371
}

failed contains "r16_67" if not r16_67

r17_67 if {
	input.evaluations.count <= 72
}

failed contains "r17_67" if not r17_67

r18_67 if {
	input.now - input.evaluation.at <= 8380800000
}

failed contains "r18_67" if not r18_67

r19_67 if {
	r19_67_any
}

r19_67_any if {
	input.intent.environment != "production"
}

r19_67_any if {
	input.evaluation.f1 >= 0.7541
	input.evaluation.accuracy >= 0.7773
}

failed contains "r19_67" if not r19_67

r0_68 if {
	input.evaluation.auc >= 0.8108
}

failed contains "r0_68" if not r0_68

r1_68 if {
	input.evaluation.balancedAccuracy >= 0.7472
}

failed contains "r1_68" if not r1_68

r2_68 if {
	input.evaluation.fairness.disparateImpact >= 0.8748
	input.evaluation.fairness.disparateImpact <= 1.3656
}

failed contains "r2_68" if not r2_68

r3_68 if {
	input.evaluation.calibrationError <= 0.0676
}

failed contains "r3_68" if not r3_68

r4_68 if {
	input.evaluation.latencyP99Ms <= 284.0000
}

failed contains "r4_68" if not r4_68

r5_68 if {
	input.model.owner != "person:p68"
	input.model.intendedUse != ""
}

failed contains "r5_68" if not r5_68

r6_68 if {
	r6_68_any
}

r6_68_any if {
	input.model.riskTier != "prohibited"
}

r6_68_any if {
	input.intent.environment == "sandbox-68"
}

failed contains "r6_68" if not r6_68

r7_68 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-68"}
}

failed contains "r7_68" if not r7_68

r8_68 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c68"
}

failed contains "r8_68" if not r8_68

r9_68 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/68"
}

failed contains "r9_68" if not r9_68

r10_68 if {
	every x in input.datasets { r10_68_x(x) }
}

r10_68_x(x) if {
	x.license != "proprietary-68"
}

failed contains "r10_68" if not r10_68

r11_68 if {
	every x in input.datasets { r11_68_x(x) }
}

r11_68_x(x) if {
	not x.personalData
}

r11_68_x(x) if {
	x.lawfulBasis != "basis-68"
}

failed contains "r11_68" if not r11_68

r12_68 if {
	every x in input.datasets { r12_68_x(x) }
}

r12_68_x(x) if {
	x.rows >= 1556
}

failed contains "r12_68" if not r12_68

r13_68 if {
	every x in input.datasets { r13_68_x(x) }
}

r13_68_x(x) if {
	x.missingRate <= 0.0604
	x.duplicateRate <= 0.0336
}

failed contains "r13_68" if not r13_68

r14_68 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1184
}

failed contains "r14_68" if not r14_68

r15_68 if {
	r15_68_any
}

r15_68_any if input.model.riskTier == "high"

r15_68_any if not r15_68_some

r15_68_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 78
}

failed contains "r15_68" if not r15_68

r16_68 if {
	every x in input.evaluation.fairness.groups { r16_68_x(x) }
}

r16_68_x(x) if {
	x.disparateImpact >= 0.8384
}

failed contains "r16_68" if not r16_68

r17_68 if {
	input.evaluations.count <= 73
}

failed contains "r17_68" if not r17_68

r18_68 if {
	input.now - input.evaluation.at <= 8467200000
}

failed contains "r18_68" if not r18_68

r19_68 if {
	r19_68_any
}

r19_68_any if {
	input.intent.environment != "production"
}

r19_68_any if {
	input.evaluation.f1 >= 0.7564
	input.evaluation.accuracy >= 0.7792
}

failed contains "r19_68" if not r19_68

r0_69 if {
	input.evaluation.auc >= 0.8139
}

failed contains "r0_69" if not r0_69

r1_69 if {
	input.evaluation.balancedAccuracy >= 0.7501
}

failed contains "r1_69" if not r1_69

r2_69 if {
	input.evaluation.fairness.disparateImpact >= 0.8759
	input.evaluation.fairness.disparateImpact <= 1.3673
}

failed contains "r2_69" if not r2_69

r3_69 if {
	input.evaluation.calibrationError <= 0.0683
}

failed contains "r3_69" if not r3_69

r4_69 if {
	input.evaluation.latencyP99Ms <= 287.0000
}

failed contains "r4_69" if not r4_69

r5_69 if {
	input.model.owner != "person:p69"
	input.model.intendedUse != ""
}

failed contains "r5_69" if not r5_69

r6_69 if {
	r6_69_any
}

r6_69_any if {
	input.model.riskTier != "prohibited"
}

r6_69_any if {
	input.intent.environment == "sandbox-69"
}

failed contains "r6_69" if not r6_69

r7_69 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-69"}
}

failed contains "r7_69" if not r7_69

r8_69 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c69"
}

failed contains "r8_69" if not r8_69

r9_69 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/69"
}

failed contains "r9_69" if not r9_69

r10_69 if {
	every x in input.datasets { r10_69_x(x) }
}

r10_69_x(x) if {
	x.license != "proprietary-69"
}

failed contains "r10_69" if not r10_69

r11_69 if {
	every x in input.datasets { r11_69_x(x) }
}

r11_69_x(x) if {
	not x.personalData
}

r11_69_x(x) if {
	x.lawfulBasis != "basis-69"
}

failed contains "r11_69" if not r11_69

r12_69 if {
	every x in input.datasets { r12_69_x(x) }
}

r12_69_x(x) if {
	x.rows >= 1573
}

failed contains "r12_69" if not r12_69

r13_69 if {
	every x in input.datasets { r13_69_x(x) }
}

r13_69_x(x) if {
	x.missingRate <= 0.0607
	x.duplicateRate <= 0.0338
}

failed contains "r13_69" if not r13_69

r14_69 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1197
}

failed contains "r14_69" if not r14_69

r15_69 if {
	r15_69_any
}

r15_69_any if input.model.riskTier == "high"

r15_69_any if not r15_69_some

r15_69_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 79
}

failed contains "r15_69" if not r15_69

r16_69 if {
	every x in input.evaluation.fairness.groups { r16_69_x(x) }
}

r16_69_x(x) if {
	x.disparateImpact >= 0.8397
}

failed contains "r16_69" if not r16_69

r17_69 if {
	input.evaluations.count <= 74
}

failed contains "r17_69" if not r17_69

r18_69 if {
	input.now - input.evaluation.at <= 8553600000
}

failed contains "r18_69" if not r18_69

r19_69 if {
	r19_69_any
}

r19_69_any if {
	input.intent.environment != "production"
}

r19_69_any if {
	input.evaluation.f1 >= 0.7587
	input.evaluation.accuracy >= 0.7811
}

failed contains "r19_69" if not r19_69

r0_70 if {
	input.evaluation.auc >= 0.8170
}

failed contains "r0_70" if not r0_70

r1_70 if {
	input.evaluation.balancedAccuracy >= 0.7530
}

failed contains "r1_70" if not r1_70

r2_70 if {
	input.evaluation.fairness.disparateImpact >= 0.8770
	input.evaluation.fairness.disparateImpact <= 1.3690
}

failed contains "r2_70" if not r2_70

r3_70 if {
	input.evaluation.calibrationError <= 0.0690
}

failed contains "r3_70" if not r3_70

r4_70 if {
	input.evaluation.latencyP99Ms <= 290.0000
}

failed contains "r4_70" if not r4_70

r5_70 if {
	input.model.owner != "person:p70"
	input.model.intendedUse != ""
}

failed contains "r5_70" if not r5_70

r6_70 if {
	r6_70_any
}

r6_70_any if {
	input.model.riskTier != "prohibited"
}

r6_70_any if {
	input.intent.environment == "sandbox-70"
}

failed contains "r6_70" if not r6_70

r7_70 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-70"}
}

failed contains "r7_70" if not r7_70

r8_70 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c70"
}

failed contains "r8_70" if not r8_70

r9_70 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/70"
}

failed contains "r9_70" if not r9_70

r10_70 if {
	every x in input.datasets { r10_70_x(x) }
}

r10_70_x(x) if {
	x.license != "proprietary-70"
}

failed contains "r10_70" if not r10_70

r11_70 if {
	every x in input.datasets { r11_70_x(x) }
}

r11_70_x(x) if {
	not x.personalData
}

r11_70_x(x) if {
	x.lawfulBasis != "basis-70"
}

failed contains "r11_70" if not r11_70

r12_70 if {
	every x in input.datasets { r12_70_x(x) }
}

r12_70_x(x) if {
	x.rows >= 1590
}

failed contains "r12_70" if not r12_70

r13_70 if {
	every x in input.datasets { r13_70_x(x) }
}

r13_70_x(x) if {
	x.missingRate <= 0.0610
	x.duplicateRate <= 0.0340
}

failed contains "r13_70" if not r13_70

r14_70 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1210
}

failed contains "r14_70" if not r14_70

r15_70 if {
	r15_70_any
}

r15_70_any if input.model.riskTier == "high"

r15_70_any if not r15_70_some

r15_70_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 80
}

failed contains "r15_70" if not r15_70

r16_70 if {
	every x in input.evaluation.fairness.groups { r16_70_x(x) }
}

r16_70_x(x) if {
	x.disparateImpact >= 0.8410
}

failed contains "r16_70" if not r16_70

r17_70 if {
	input.evaluations.count <= 75
}

failed contains "r17_70" if not r17_70

r18_70 if {
	input.now - input.evaluation.at <= 8640000000
}

failed contains "r18_70" if not r18_70

r19_70 if {
	r19_70_any
}

r19_70_any if {
	input.intent.environment != "production"
}

r19_70_any if {
	input.evaluation.f1 >= 0.7610
	input.evaluation.accuracy >= 0.7830
}

failed contains "r19_70" if not r19_70

r0_71 if {
	input.evaluation.auc >= 0.8201
}

failed contains "r0_71" if not r0_71

r1_71 if {
	input.evaluation.balancedAccuracy >= 0.7559
}

failed contains "r1_71" if not r1_71

r2_71 if {
	input.evaluation.fairness.disparateImpact >= 0.8781
	input.evaluation.fairness.disparateImpact <= 1.3707
}

failed contains "r2_71" if not r2_71

r3_71 if {
	input.evaluation.calibrationError <= 0.0697
}

failed contains "r3_71" if not r3_71

r4_71 if {
	input.evaluation.latencyP99Ms <= 293.0000
}

failed contains "r4_71" if not r4_71

r5_71 if {
	input.model.owner != "person:p71"
	input.model.intendedUse != ""
}

failed contains "r5_71" if not r5_71

r6_71 if {
	r6_71_any
}

r6_71_any if {
	input.model.riskTier != "prohibited"
}

r6_71_any if {
	input.intent.environment == "sandbox-71"
}

failed contains "r6_71" if not r6_71

r7_71 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-71"}
}

failed contains "r7_71" if not r7_71

r8_71 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c71"
}

failed contains "r8_71" if not r8_71

r9_71 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/71"
}

failed contains "r9_71" if not r9_71

r10_71 if {
	every x in input.datasets { r10_71_x(x) }
}

r10_71_x(x) if {
	x.license != "proprietary-71"
}

failed contains "r10_71" if not r10_71

r11_71 if {
	every x in input.datasets { r11_71_x(x) }
}

r11_71_x(x) if {
	not x.personalData
}

r11_71_x(x) if {
	x.lawfulBasis != "basis-71"
}

failed contains "r11_71" if not r11_71

r12_71 if {
	every x in input.datasets { r12_71_x(x) }
}

r12_71_x(x) if {
	x.rows >= 1607
}

failed contains "r12_71" if not r12_71

r13_71 if {
	every x in input.datasets { r13_71_x(x) }
}

r13_71_x(x) if {
	x.missingRate <= 0.0613
	x.duplicateRate <= 0.0342
}

failed contains "r13_71" if not r13_71

r14_71 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1223
}

failed contains "r14_71" if not r14_71

r15_71 if {
	r15_71_any
}

r15_71_any if input.model.riskTier == "high"

r15_71_any if not r15_71_some

r15_71_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 81
}

failed contains "r15_71" if not r15_71

r16_71 if {
	every x in input.evaluation.fairness.groups { r16_71_x(x) }
}

r16_71_x(x) if {
	x.disparateImpact >= 0.8423
}

failed contains "r16_71" if not r16_71

r17_71 if {
	input.evaluations.count <= 76
}

failed contains "r17_71" if not r17_71

r18_71 if {
	input.now - input.evaluation.at <= 8726400000
}

failed contains "r18_71" if not r18_71

r19_71 if {
	r19_71_any
}

r19_71_any if {
	input.intent.environment != "production"
}

r19_71_any if {
	input.evaluation.f1 >= 0.7633
	input.evaluation.accuracy >= 0.7849
}

failed contains "r19_71" if not r19_71

r0_72 if {
	input.evaluation.auc >= 0.8232
}

failed contains "r0_72" if not r0_72

r1_72 if {
	input.evaluation.balancedAccuracy >= 0.7588
}

failed contains "r1_72" if not r1_72

r2_72 if {
	input.evaluation.fairness.disparateImpact >= 0.8792
	input.evaluation.fairness.disparateImpact <= 1.3724
}

failed contains "r2_72" if not r2_72

r3_72 if {
	input.evaluation.calibrationError <= 0.0704
}

failed contains "r3_72" if not r3_72

r4_72 if {
	input.evaluation.latencyP99Ms <= 296.0000
}

failed contains "r4_72" if not r4_72

r5_72 if {
	input.model.owner != "person:p72"
	input.model.intendedUse != ""
}

failed contains "r5_72" if not r5_72

r6_72 if {
	r6_72_any
}

r6_72_any if {
	input.model.riskTier != "prohibited"
}

r6_72_any if {
	input.intent.environment == "sandbox-72"
}

failed contains "r6_72" if not r6_72

r7_72 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-72"}
}

failed contains "r7_72" if not r7_72

r8_72 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c72"
}

failed contains "r8_72" if not r8_72

r9_72 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/72"
}

failed contains "r9_72" if not r9_72

r10_72 if {
	every x in input.datasets { r10_72_x(x) }
}

r10_72_x(x) if {
	x.license != "proprietary-72"
}

failed contains "r10_72" if not r10_72

r11_72 if {
	every x in input.datasets { r11_72_x(x) }
}

r11_72_x(x) if {
	not x.personalData
}

r11_72_x(x) if {
	x.lawfulBasis != "basis-72"
}

failed contains "r11_72" if not r11_72

r12_72 if {
	every x in input.datasets { r12_72_x(x) }
}

r12_72_x(x) if {
	x.rows >= 1624
}

failed contains "r12_72" if not r12_72

r13_72 if {
	every x in input.datasets { r13_72_x(x) }
}

r13_72_x(x) if {
	x.missingRate <= 0.0616
	x.duplicateRate <= 0.0344
}

failed contains "r13_72" if not r13_72

r14_72 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1236
}

failed contains "r14_72" if not r14_72

r15_72 if {
	r15_72_any
}

r15_72_any if input.model.riskTier == "high"

r15_72_any if not r15_72_some

r15_72_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 82
}

failed contains "r15_72" if not r15_72

r16_72 if {
	every x in input.evaluation.fairness.groups { r16_72_x(x) }
}

r16_72_x(x) if {
	x.disparateImpact >= 0.8436
}

failed contains "r16_72" if not r16_72

r17_72 if {
	input.evaluations.count <= 77
}

failed contains "r17_72" if not r17_72

r18_72 if {
	input.now - input.evaluation.at <= 8812800000
}

failed contains "r18_72" if not r18_72

r19_72 if {
	r19_72_any
}

r19_72_any if {
	input.intent.environment != "production"
}

r19_72_any if {
	input.evaluation.f1 >= 0.7656
	input.evaluation.accuracy >= 0.7868
}

failed contains "r19_72" if not r19_72

r0_73 if {
	input.evaluation.auc >= 0.8263
}

failed contains "r0_73" if not r0_73

r1_73 if {
	input.evaluation.balancedAccuracy >= 0.7617
}

failed contains "r1_73" if not r1_73

r2_73 if {
	input.evaluation.fairness.disparateImpact >= 0.8803
	input.evaluation.fairness.disparateImpact <= 1.3741
}

failed contains "r2_73" if not r2_73

r3_73 if {
	input.evaluation.calibrationError <= 0.0711
}

failed contains "r3_73" if not r3_73

r4_73 if {
	input.evaluation.latencyP99Ms <= 299.0000
}

failed contains "r4_73" if not r4_73

r5_73 if {
	input.model.owner != "person:p73"
	input.model.intendedUse != ""
}

failed contains "r5_73" if not r5_73

r6_73 if {
	r6_73_any
}

r6_73_any if {
	input.model.riskTier != "prohibited"
}

r6_73_any if {
	input.intent.environment == "sandbox-73"
}

failed contains "r6_73" if not r6_73

r7_73 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-73"}
}

failed contains "r7_73" if not r7_73

r8_73 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c73"
}

failed contains "r8_73" if not r8_73

r9_73 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/73"
}

failed contains "r9_73" if not r9_73

r10_73 if {
	every x in input.datasets { r10_73_x(x) }
}

r10_73_x(x) if {
	x.license != "proprietary-73"
}

failed contains "r10_73" if not r10_73

r11_73 if {
	every x in input.datasets { r11_73_x(x) }
}

r11_73_x(x) if {
	not x.personalData
}

r11_73_x(x) if {
	x.lawfulBasis != "basis-73"
}

failed contains "r11_73" if not r11_73

r12_73 if {
	every x in input.datasets { r12_73_x(x) }
}

r12_73_x(x) if {
	x.rows >= 1641
}

failed contains "r12_73" if not r12_73

r13_73 if {
	every x in input.datasets { r13_73_x(x) }
}

r13_73_x(x) if {
	x.missingRate <= 0.0619
	x.duplicateRate <= 0.0346
}

failed contains "r13_73" if not r13_73

r14_73 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1249
}

failed contains "r14_73" if not r14_73

r15_73 if {
	r15_73_any
}

r15_73_any if input.model.riskTier == "high"

r15_73_any if not r15_73_some

r15_73_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 83
}

failed contains "r15_73" if not r15_73

r16_73 if {
	every x in input.evaluation.fairness.groups { r16_73_x(x) }
}

r16_73_x(x) if {
	x.disparateImpact >= 0.8449
}

failed contains "r16_73" if not r16_73

r17_73 if {
	input.evaluations.count <= 78
}

failed contains "r17_73" if not r17_73

r18_73 if {
	input.now - input.evaluation.at <= 8899200000
}

failed contains "r18_73" if not r18_73

r19_73 if {
	r19_73_any
}

r19_73_any if {
	input.intent.environment != "production"
}

r19_73_any if {
	input.evaluation.f1 >= 0.7679
	input.evaluation.accuracy >= 0.7887
}

failed contains "r19_73" if not r19_73

r0_74 if {
	input.evaluation.auc >= 0.8294
}

failed contains "r0_74" if not r0_74

r1_74 if {
	input.evaluation.balancedAccuracy >= 0.7646
}

failed contains "r1_74" if not r1_74

r2_74 if {
	input.evaluation.fairness.disparateImpact >= 0.8814
	input.evaluation.fairness.disparateImpact <= 1.3758
}

failed contains "r2_74" if not r2_74

r3_74 if {
	input.evaluation.calibrationError <= 0.0718
}

failed contains "r3_74" if not r3_74

r4_74 if {
	input.evaluation.latencyP99Ms <= 302.0000
}

failed contains "r4_74" if not r4_74

r5_74 if {
	input.model.owner != "person:p74"
	input.model.intendedUse != ""
}

failed contains "r5_74" if not r5_74

r6_74 if {
	r6_74_any
}

r6_74_any if {
	input.model.riskTier != "prohibited"
}

r6_74_any if {
	input.intent.environment == "sandbox-74"
}

failed contains "r6_74" if not r6_74

r7_74 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-74"}
}

failed contains "r7_74" if not r7_74

r8_74 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c74"
}

failed contains "r8_74" if not r8_74

r9_74 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/74"
}

failed contains "r9_74" if not r9_74

r10_74 if {
	every x in input.datasets { r10_74_x(x) }
}

r10_74_x(x) if {
	x.license != "proprietary-74"
}

failed contains "r10_74" if not r10_74

r11_74 if {
	every x in input.datasets { r11_74_x(x) }
}

r11_74_x(x) if {
	not x.personalData
}

r11_74_x(x) if {
	x.lawfulBasis != "basis-74"
}

failed contains "r11_74" if not r11_74

r12_74 if {
	every x in input.datasets { r12_74_x(x) }
}

r12_74_x(x) if {
	x.rows >= 1658
}

failed contains "r12_74" if not r12_74

r13_74 if {
	every x in input.datasets { r13_74_x(x) }
}

r13_74_x(x) if {
	x.missingRate <= 0.0622
	x.duplicateRate <= 0.0348
}

failed contains "r13_74" if not r13_74

r14_74 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1262
}

failed contains "r14_74" if not r14_74

r15_74 if {
	r15_74_any
}

r15_74_any if input.model.riskTier == "high"

r15_74_any if not r15_74_some

r15_74_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 84
}

failed contains "r15_74" if not r15_74

r16_74 if {
	every x in input.evaluation.fairness.groups { r16_74_x(x) }
}

r16_74_x(x) if {
	x.disparateImpact >= 0.8462
}

failed contains "r16_74" if not r16_74

r17_74 if {
	input.evaluations.count <= 79
}

failed contains "r17_74" if not r17_74

r18_74 if {
	input.now - input.evaluation.at <= 8985600000
}

failed contains "r18_74" if not r18_74

r19_74 if {
	r19_74_any
}

r19_74_any if {
	input.intent.environment != "production"
}

r19_74_any if {
	input.evaluation.f1 >= 0.7702
	input.evaluation.accuracy >= 0.7906
}

failed contains "r19_74" if not r19_74

r0_75 if {
	input.evaluation.auc >= 0.8325
}

failed contains "r0_75" if not r0_75

r1_75 if {
	input.evaluation.balancedAccuracy >= 0.7675
}

failed contains "r1_75" if not r1_75

r2_75 if {
	input.evaluation.fairness.disparateImpact >= 0.8825
	input.evaluation.fairness.disparateImpact <= 1.3775
}

failed contains "r2_75" if not r2_75

r3_75 if {
	input.evaluation.calibrationError <= 0.0725
}

failed contains "r3_75" if not r3_75

r4_75 if {
	input.evaluation.latencyP99Ms <= 305.0000
}

failed contains "r4_75" if not r4_75

r5_75 if {
	input.model.owner != "person:p75"
	input.model.intendedUse != ""
}

failed contains "r5_75" if not r5_75

r6_75 if {
	r6_75_any
}

r6_75_any if {
	input.model.riskTier != "prohibited"
}

r6_75_any if {
	input.intent.environment == "sandbox-75"
}

failed contains "r6_75" if not r6_75

r7_75 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-75"}
}

failed contains "r7_75" if not r7_75

r8_75 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c75"
}

failed contains "r8_75" if not r8_75

r9_75 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/75"
}

failed contains "r9_75" if not r9_75

r10_75 if {
	every x in input.datasets { r10_75_x(x) }
}

r10_75_x(x) if {
	x.license != "proprietary-75"
}

failed contains "r10_75" if not r10_75

r11_75 if {
	every x in input.datasets { r11_75_x(x) }
}

r11_75_x(x) if {
	not x.personalData
}

r11_75_x(x) if {
	x.lawfulBasis != "basis-75"
}

failed contains "r11_75" if not r11_75

r12_75 if {
	every x in input.datasets { r12_75_x(x) }
}

r12_75_x(x) if {
	x.rows >= 1675
}

failed contains "r12_75" if not r12_75

r13_75 if {
	every x in input.datasets { r13_75_x(x) }
}

r13_75_x(x) if {
	x.missingRate <= 0.0625
	x.duplicateRate <= 0.0350
}

failed contains "r13_75" if not r13_75

r14_75 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1275
}

failed contains "r14_75" if not r14_75

r15_75 if {
	r15_75_any
}

r15_75_any if input.model.riskTier == "high"

r15_75_any if not r15_75_some

r15_75_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 85
}

failed contains "r15_75" if not r15_75

r16_75 if {
	every x in input.evaluation.fairness.groups { r16_75_x(x) }
}

r16_75_x(x) if {
	x.disparateImpact >= 0.8475
}

failed contains "r16_75" if not r16_75

r17_75 if {
	input.evaluations.count <= 80
}

failed contains "r17_75" if not r17_75

r18_75 if {
	input.now - input.evaluation.at <= 9072000000
}

failed contains "r18_75" if not r18_75

r19_75 if {
	r19_75_any
}

r19_75_any if {
	input.intent.environment != "production"
}

r19_75_any if {
	input.evaluation.f1 >= 0.7725
	input.evaluation.accuracy >= 0.7925
}

failed contains "r19_75" if not r19_75

r0_76 if {
	input.evaluation.auc >= 0.8356
}

failed contains "r0_76" if not r0_76

r1_76 if {
	input.evaluation.balancedAccuracy >= 0.7704
}

failed contains "r1_76" if not r1_76

r2_76 if {
	input.evaluation.fairness.disparateImpact >= 0.8836
	input.evaluation.fairness.disparateImpact <= 1.3792
}

failed contains "r2_76" if not r2_76

r3_76 if {
	input.evaluation.calibrationError <= 0.0732
}

failed contains "r3_76" if not r3_76

r4_76 if {
	input.evaluation.latencyP99Ms <= 308.0000
}

failed contains "r4_76" if not r4_76

r5_76 if {
	input.model.owner != "person:p76"
	input.model.intendedUse != ""
}

failed contains "r5_76" if not r5_76

r6_76 if {
	r6_76_any
}

r6_76_any if {
	input.model.riskTier != "prohibited"
}

r6_76_any if {
	input.intent.environment == "sandbox-76"
}

failed contains "r6_76" if not r6_76

r7_76 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-76"}
}

failed contains "r7_76" if not r7_76

r8_76 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c76"
}

failed contains "r8_76" if not r8_76

r9_76 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/76"
}

failed contains "r9_76" if not r9_76

r10_76 if {
	every x in input.datasets { r10_76_x(x) }
}

r10_76_x(x) if {
	x.license != "proprietary-76"
}

failed contains "r10_76" if not r10_76

r11_76 if {
	every x in input.datasets { r11_76_x(x) }
}

r11_76_x(x) if {
	not x.personalData
}

r11_76_x(x) if {
	x.lawfulBasis != "basis-76"
}

failed contains "r11_76" if not r11_76

r12_76 if {
	every x in input.datasets { r12_76_x(x) }
}

r12_76_x(x) if {
	x.rows >= 1692
}

failed contains "r12_76" if not r12_76

r13_76 if {
	every x in input.datasets { r13_76_x(x) }
}

r13_76_x(x) if {
	x.missingRate <= 0.0628
	x.duplicateRate <= 0.0352
}

failed contains "r13_76" if not r13_76

r14_76 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1288
}

failed contains "r14_76" if not r14_76

r15_76 if {
	r15_76_any
}

r15_76_any if input.model.riskTier == "high"

r15_76_any if not r15_76_some

r15_76_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 86
}

failed contains "r15_76" if not r15_76

r16_76 if {
	every x in input.evaluation.fairness.groups { r16_76_x(x) }
}

r16_76_x(x) if {
	x.disparateImpact >= 0.8488
}

failed contains "r16_76" if not r16_76

r17_76 if {
	input.evaluations.count <= 81
}

failed contains "r17_76" if not r17_76

r18_76 if {
	input.now - input.evaluation.at <= 9158400000
}

failed contains "r18_76" if not r18_76

r19_76 if {
	r19_76_any
}

r19_76_any if {
	input.intent.environment != "production"
}

r19_76_any if {
	input.evaluation.f1 >= 0.7748
	input.evaluation.accuracy >= 0.7944
}

failed contains "r19_76" if not r19_76

r0_77 if {
	input.evaluation.auc >= 0.8387
}

failed contains "r0_77" if not r0_77

r1_77 if {
	input.evaluation.balancedAccuracy >= 0.7733
}

failed contains "r1_77" if not r1_77

r2_77 if {
	input.evaluation.fairness.disparateImpact >= 0.8847
	input.evaluation.fairness.disparateImpact <= 1.3809
}

failed contains "r2_77" if not r2_77

r3_77 if {
	input.evaluation.calibrationError <= 0.0739
}

failed contains "r3_77" if not r3_77

r4_77 if {
	input.evaluation.latencyP99Ms <= 311.0000
}

failed contains "r4_77" if not r4_77

r5_77 if {
	input.model.owner != "person:p77"
	input.model.intendedUse != ""
}

failed contains "r5_77" if not r5_77

r6_77 if {
	r6_77_any
}

r6_77_any if {
	input.model.riskTier != "prohibited"
}

r6_77_any if {
	input.intent.environment == "sandbox-77"
}

failed contains "r6_77" if not r6_77

r7_77 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-77"}
}

failed contains "r7_77" if not r7_77

r8_77 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c77"
}

failed contains "r8_77" if not r8_77

r9_77 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/77"
}

failed contains "r9_77" if not r9_77

r10_77 if {
	every x in input.datasets { r10_77_x(x) }
}

r10_77_x(x) if {
	x.license != "proprietary-77"
}

failed contains "r10_77" if not r10_77

r11_77 if {
	every x in input.datasets { r11_77_x(x) }
}

r11_77_x(x) if {
	not x.personalData
}

r11_77_x(x) if {
	x.lawfulBasis != "basis-77"
}

failed contains "r11_77" if not r11_77

r12_77 if {
	every x in input.datasets { r12_77_x(x) }
}

r12_77_x(x) if {
	x.rows >= 1709
}

failed contains "r12_77" if not r12_77

r13_77 if {
	every x in input.datasets { r13_77_x(x) }
}

r13_77_x(x) if {
	x.missingRate <= 0.0631
	x.duplicateRate <= 0.0354
}

failed contains "r13_77" if not r13_77

r14_77 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1301
}

failed contains "r14_77" if not r14_77

r15_77 if {
	r15_77_any
}

r15_77_any if input.model.riskTier == "high"

r15_77_any if not r15_77_some

r15_77_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 87
}

failed contains "r15_77" if not r15_77

r16_77 if {
	every x in input.evaluation.fairness.groups { r16_77_x(x) }
}

r16_77_x(x) if {
	x.disparateImpact >= 0.8501
}

failed contains "r16_77" if not r16_77

r17_77 if {
	input.evaluations.count <= 82
}

failed contains "r17_77" if not r17_77

r18_77 if {
	input.now - input.evaluation.at <= 9244800000
}

failed contains "r18_77" if not r18_77

r19_77 if {
	r19_77_any
}

r19_77_any if {
	input.intent.environment != "production"
}

r19_77_any if {
	input.evaluation.f1 >= 0.7771
	input.evaluation.accuracy >= 0.7963
}

failed contains "r19_77" if not r19_77

r0_78 if {
	input.evaluation.auc >= 0.8418
}

failed contains "r0_78" if not r0_78

r1_78 if {
	input.evaluation.balancedAccuracy >= 0.7762
}

failed contains "r1_78" if not r1_78

r2_78 if {
	input.evaluation.fairness.disparateImpact >= 0.8858
	input.evaluation.fairness.disparateImpact <= 1.3826
}

failed contains "r2_78" if not r2_78

r3_78 if {
	input.evaluation.calibrationError <= 0.0746
}

failed contains "r3_78" if not r3_78

r4_78 if {
	input.evaluation.latencyP99Ms <= 314.0000
}

failed contains "r4_78" if not r4_78

r5_78 if {
	input.model.owner != "person:p78"
	input.model.intendedUse != ""
}

failed contains "r5_78" if not r5_78

r6_78 if {
	r6_78_any
}

r6_78_any if {
	input.model.riskTier != "prohibited"
}

r6_78_any if {
	input.intent.environment == "sandbox-78"
}

failed contains "r6_78" if not r6_78

r7_78 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-78"}
}

failed contains "r7_78" if not r7_78

r8_78 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c78"
}

failed contains "r8_78" if not r8_78

r9_78 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/78"
}

failed contains "r9_78" if not r9_78

r10_78 if {
	every x in input.datasets { r10_78_x(x) }
}

r10_78_x(x) if {
	x.license != "proprietary-78"
}

failed contains "r10_78" if not r10_78

r11_78 if {
	every x in input.datasets { r11_78_x(x) }
}

r11_78_x(x) if {
	not x.personalData
}

r11_78_x(x) if {
	x.lawfulBasis != "basis-78"
}

failed contains "r11_78" if not r11_78

r12_78 if {
	every x in input.datasets { r12_78_x(x) }
}

r12_78_x(x) if {
	x.rows >= 1726
}

failed contains "r12_78" if not r12_78

r13_78 if {
	every x in input.datasets { r13_78_x(x) }
}

r13_78_x(x) if {
	x.missingRate <= 0.0634
	x.duplicateRate <= 0.0356
}

failed contains "r13_78" if not r13_78

r14_78 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1314
}

failed contains "r14_78" if not r14_78

r15_78 if {
	r15_78_any
}

r15_78_any if input.model.riskTier == "high"

r15_78_any if not r15_78_some

r15_78_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 88
}

failed contains "r15_78" if not r15_78

r16_78 if {
	every x in input.evaluation.fairness.groups { r16_78_x(x) }
}

r16_78_x(x) if {
	x.disparateImpact >= 0.8514
}

failed contains "r16_78" if not r16_78

r17_78 if {
	input.evaluations.count <= 83
}

failed contains "r17_78" if not r17_78

r18_78 if {
	input.now - input.evaluation.at <= 9331200000
}

failed contains "r18_78" if not r18_78

r19_78 if {
	r19_78_any
}

r19_78_any if {
	input.intent.environment != "production"
}

r19_78_any if {
	input.evaluation.f1 >= 0.7794
	input.evaluation.accuracy >= 0.7982
}

failed contains "r19_78" if not r19_78

r0_79 if {
	input.evaluation.auc >= 0.8449
}

failed contains "r0_79" if not r0_79

r1_79 if {
	input.evaluation.balancedAccuracy >= 0.7791
}

failed contains "r1_79" if not r1_79

r2_79 if {
	input.evaluation.fairness.disparateImpact >= 0.8869
	input.evaluation.fairness.disparateImpact <= 1.3843
}

failed contains "r2_79" if not r2_79

r3_79 if {
	input.evaluation.calibrationError <= 0.0753
}

failed contains "r3_79" if not r3_79

r4_79 if {
	input.evaluation.latencyP99Ms <= 317.0000
}

failed contains "r4_79" if not r4_79

r5_79 if {
	input.model.owner != "person:p79"
	input.model.intendedUse != ""
}

failed contains "r5_79" if not r5_79

r6_79 if {
	r6_79_any
}

r6_79_any if {
	input.model.riskTier != "prohibited"
}

r6_79_any if {
	input.intent.environment == "sandbox-79"
}

failed contains "r6_79" if not r6_79

r7_79 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-79"}
}

failed contains "r7_79" if not r7_79

r8_79 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c79"
}

failed contains "r8_79" if not r8_79

r9_79 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/79"
}

failed contains "r9_79" if not r9_79

r10_79 if {
	every x in input.datasets { r10_79_x(x) }
}

r10_79_x(x) if {
	x.license != "proprietary-79"
}

failed contains "r10_79" if not r10_79

r11_79 if {
	every x in input.datasets { r11_79_x(x) }
}

r11_79_x(x) if {
	not x.personalData
}

r11_79_x(x) if {
	x.lawfulBasis != "basis-79"
}

failed contains "r11_79" if not r11_79

r12_79 if {
	every x in input.datasets { r12_79_x(x) }
}

r12_79_x(x) if {
	x.rows >= 1743
}

failed contains "r12_79" if not r12_79

r13_79 if {
	every x in input.datasets { r13_79_x(x) }
}

r13_79_x(x) if {
	x.missingRate <= 0.0637
	x.duplicateRate <= 0.0358
}

failed contains "r13_79" if not r13_79

r14_79 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1327
}

failed contains "r14_79" if not r14_79

r15_79 if {
	r15_79_any
}

r15_79_any if input.model.riskTier == "high"

r15_79_any if not r15_79_some

r15_79_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 89
}

failed contains "r15_79" if not r15_79

r16_79 if {
	every x in input.evaluation.fairness.groups { r16_79_x(x) }
}

r16_79_x(x) if {
	x.disparateImpact >= 0.8527
}

failed contains "r16_79" if not r16_79

r17_79 if {
	input.evaluations.count <= 84
}

failed contains "r17_79" if not r17_79

r18_79 if {
	input.now - input.evaluation.at <= 9417600000
}

failed contains "r18_79" if not r18_79

r19_79 if {
	r19_79_any
}

r19_79_any if {
	input.intent.environment != "production"
}

r19_79_any if {
	input.evaluation.f1 >= 0.7817
	input.evaluation.accuracy >= 0.8001
}

failed contains "r19_79" if not r19_79

r0_80 if {
	input.evaluation.auc >= 0.8480
}

failed contains "r0_80" if not r0_80

r1_80 if {
	input.evaluation.balancedAccuracy >= 0.7820
}

failed contains "r1_80" if not r1_80

r2_80 if {
	input.evaluation.fairness.disparateImpact >= 0.8880
	input.evaluation.fairness.disparateImpact <= 1.3860
}

failed contains "r2_80" if not r2_80

r3_80 if {
	input.evaluation.calibrationError <= 0.0760
}

failed contains "r3_80" if not r3_80

r4_80 if {
	input.evaluation.latencyP99Ms <= 320.0000
}

failed contains "r4_80" if not r4_80

r5_80 if {
	input.model.owner != "person:p80"
	input.model.intendedUse != ""
}

failed contains "r5_80" if not r5_80

r6_80 if {
	r6_80_any
}

r6_80_any if {
	input.model.riskTier != "prohibited"
}

r6_80_any if {
	input.intent.environment == "sandbox-80"
}

failed contains "r6_80" if not r6_80

r7_80 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-80"}
}

failed contains "r7_80" if not r7_80

r8_80 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c80"
}

failed contains "r8_80" if not r8_80

r9_80 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/80"
}

failed contains "r9_80" if not r9_80

r10_80 if {
	every x in input.datasets { r10_80_x(x) }
}

r10_80_x(x) if {
	x.license != "proprietary-80"
}

failed contains "r10_80" if not r10_80

r11_80 if {
	every x in input.datasets { r11_80_x(x) }
}

r11_80_x(x) if {
	not x.personalData
}

r11_80_x(x) if {
	x.lawfulBasis != "basis-80"
}

failed contains "r11_80" if not r11_80

r12_80 if {
	every x in input.datasets { r12_80_x(x) }
}

r12_80_x(x) if {
	x.rows >= 1760
}

failed contains "r12_80" if not r12_80

r13_80 if {
	every x in input.datasets { r13_80_x(x) }
}

r13_80_x(x) if {
	x.missingRate <= 0.0640
	x.duplicateRate <= 0.0360
}

failed contains "r13_80" if not r13_80

r14_80 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1340
}

failed contains "r14_80" if not r14_80

r15_80 if {
	r15_80_any
}

r15_80_any if input.model.riskTier == "high"

r15_80_any if not r15_80_some

r15_80_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 90
}

failed contains "r15_80" if not r15_80

r16_80 if {
	every x in input.evaluation.fairness.groups { r16_80_x(x) }
}

r16_80_x(x) if {
	x.disparateImpact >= 0.8540
}

failed contains "r16_80" if not r16_80

r17_80 if {
	input.evaluations.count <= 85
}

failed contains "r17_80" if not r17_80

r18_80 if {
	input.now - input.evaluation.at <= 9504000000
}

failed contains "r18_80" if not r18_80

r19_80 if {
	r19_80_any
}

r19_80_any if {
	input.intent.environment != "production"
}

r19_80_any if {
	input.evaluation.f1 >= 0.7840
	input.evaluation.accuracy >= 0.8020
}

failed contains "r19_80" if not r19_80

r0_81 if {
	input.evaluation.auc >= 0.8511
}

failed contains "r0_81" if not r0_81

r1_81 if {
	input.evaluation.balancedAccuracy >= 0.7849
}

failed contains "r1_81" if not r1_81

r2_81 if {
	input.evaluation.fairness.disparateImpact >= 0.8891
	input.evaluation.fairness.disparateImpact <= 1.3877
}

failed contains "r2_81" if not r2_81

r3_81 if {
	input.evaluation.calibrationError <= 0.0767
}

failed contains "r3_81" if not r3_81

r4_81 if {
	input.evaluation.latencyP99Ms <= 323.0000
}

failed contains "r4_81" if not r4_81

r5_81 if {
	input.model.owner != "person:p81"
	input.model.intendedUse != ""
}

failed contains "r5_81" if not r5_81

r6_81 if {
	r6_81_any
}

r6_81_any if {
	input.model.riskTier != "prohibited"
}

r6_81_any if {
	input.intent.environment == "sandbox-81"
}

failed contains "r6_81" if not r6_81

r7_81 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-81"}
}

failed contains "r7_81" if not r7_81

r8_81 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c81"
}

failed contains "r8_81" if not r8_81

r9_81 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/81"
}

failed contains "r9_81" if not r9_81

r10_81 if {
	every x in input.datasets { r10_81_x(x) }
}

r10_81_x(x) if {
	x.license != "proprietary-81"
}

failed contains "r10_81" if not r10_81

r11_81 if {
	every x in input.datasets { r11_81_x(x) }
}

r11_81_x(x) if {
	not x.personalData
}

r11_81_x(x) if {
	x.lawfulBasis != "basis-81"
}

failed contains "r11_81" if not r11_81

r12_81 if {
	every x in input.datasets { r12_81_x(x) }
}

r12_81_x(x) if {
	x.rows >= 1777
}

failed contains "r12_81" if not r12_81

r13_81 if {
	every x in input.datasets { r13_81_x(x) }
}

r13_81_x(x) if {
	x.missingRate <= 0.0643
	x.duplicateRate <= 0.0362
}

failed contains "r13_81" if not r13_81

r14_81 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1353
}

failed contains "r14_81" if not r14_81

r15_81 if {
	r15_81_any
}

r15_81_any if input.model.riskTier == "high"

r15_81_any if not r15_81_some

r15_81_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 91
}

failed contains "r15_81" if not r15_81

r16_81 if {
	every x in input.evaluation.fairness.groups { r16_81_x(x) }
}

r16_81_x(x) if {
	x.disparateImpact >= 0.8553
}

failed contains "r16_81" if not r16_81

r17_81 if {
	input.evaluations.count <= 86
}

failed contains "r17_81" if not r17_81

r18_81 if {
	input.now - input.evaluation.at <= 9590400000
}

failed contains "r18_81" if not r18_81

r19_81 if {
	r19_81_any
}

r19_81_any if {
	input.intent.environment != "production"
}

r19_81_any if {
	input.evaluation.f1 >= 0.7863
	input.evaluation.accuracy >= 0.8039
}

failed contains "r19_81" if not r19_81

r0_82 if {
	input.evaluation.auc >= 0.8542
}

failed contains "r0_82" if not r0_82

r1_82 if {
	input.evaluation.balancedAccuracy >= 0.7878
}

failed contains "r1_82" if not r1_82

r2_82 if {
	input.evaluation.fairness.disparateImpact >= 0.8902
	input.evaluation.fairness.disparateImpact <= 1.3894
}

failed contains "r2_82" if not r2_82

r3_82 if {
	input.evaluation.calibrationError <= 0.0774
}

failed contains "r3_82" if not r3_82

r4_82 if {
	input.evaluation.latencyP99Ms <= 326.0000
}

failed contains "r4_82" if not r4_82

r5_82 if {
	input.model.owner != "person:p82"
	input.model.intendedUse != ""
}

failed contains "r5_82" if not r5_82

r6_82 if {
	r6_82_any
}

r6_82_any if {
	input.model.riskTier != "prohibited"
}

r6_82_any if {
	input.intent.environment == "sandbox-82"
}

failed contains "r6_82" if not r6_82

r7_82 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-82"}
}

failed contains "r7_82" if not r7_82

r8_82 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c82"
}

failed contains "r8_82" if not r8_82

r9_82 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/82"
}

failed contains "r9_82" if not r9_82

r10_82 if {
	every x in input.datasets { r10_82_x(x) }
}

r10_82_x(x) if {
	x.license != "proprietary-82"
}

failed contains "r10_82" if not r10_82

r11_82 if {
	every x in input.datasets { r11_82_x(x) }
}

r11_82_x(x) if {
	not x.personalData
}

r11_82_x(x) if {
	x.lawfulBasis != "basis-82"
}

failed contains "r11_82" if not r11_82

r12_82 if {
	every x in input.datasets { r12_82_x(x) }
}

r12_82_x(x) if {
	x.rows >= 1794
}

failed contains "r12_82" if not r12_82

r13_82 if {
	every x in input.datasets { r13_82_x(x) }
}

r13_82_x(x) if {
	x.missingRate <= 0.0646
	x.duplicateRate <= 0.0364
}

failed contains "r13_82" if not r13_82

r14_82 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1366
}

failed contains "r14_82" if not r14_82

r15_82 if {
	r15_82_any
}

r15_82_any if input.model.riskTier == "high"

r15_82_any if not r15_82_some

r15_82_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 92
}

failed contains "r15_82" if not r15_82

r16_82 if {
	every x in input.evaluation.fairness.groups { r16_82_x(x) }
}

r16_82_x(x) if {
	x.disparateImpact >= 0.8566
}

failed contains "r16_82" if not r16_82

r17_82 if {
	input.evaluations.count <= 87
}

failed contains "r17_82" if not r17_82

r18_82 if {
	input.now - input.evaluation.at <= 9676800000
}

failed contains "r18_82" if not r18_82

r19_82 if {
	r19_82_any
}

r19_82_any if {
	input.intent.environment != "production"
}

r19_82_any if {
	input.evaluation.f1 >= 0.7886
	input.evaluation.accuracy >= 0.8058
}

failed contains "r19_82" if not r19_82

r0_83 if {
	input.evaluation.auc >= 0.8573
}

failed contains "r0_83" if not r0_83

r1_83 if {
	input.evaluation.balancedAccuracy >= 0.7907
}

failed contains "r1_83" if not r1_83

r2_83 if {
	input.evaluation.fairness.disparateImpact >= 0.8913
	input.evaluation.fairness.disparateImpact <= 1.3911
}

failed contains "r2_83" if not r2_83

r3_83 if {
	input.evaluation.calibrationError <= 0.0781
}

failed contains "r3_83" if not r3_83

r4_83 if {
	input.evaluation.latencyP99Ms <= 329.0000
}

failed contains "r4_83" if not r4_83

r5_83 if {
	input.model.owner != "person:p83"
	input.model.intendedUse != ""
}

failed contains "r5_83" if not r5_83

r6_83 if {
	r6_83_any
}

r6_83_any if {
	input.model.riskTier != "prohibited"
}

r6_83_any if {
	input.intent.environment == "sandbox-83"
}

failed contains "r6_83" if not r6_83

r7_83 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-83"}
}

failed contains "r7_83" if not r7_83

r8_83 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c83"
}

failed contains "r8_83" if not r8_83

r9_83 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/83"
}

failed contains "r9_83" if not r9_83

r10_83 if {
	every x in input.datasets { r10_83_x(x) }
}

r10_83_x(x) if {
	x.license != "proprietary-83"
}

failed contains "r10_83" if not r10_83

r11_83 if {
	every x in input.datasets { r11_83_x(x) }
}

r11_83_x(x) if {
	not x.personalData
}

r11_83_x(x) if {
	x.lawfulBasis != "basis-83"
}

failed contains "r11_83" if not r11_83

r12_83 if {
	every x in input.datasets { r12_83_x(x) }
}

r12_83_x(x) if {
	x.rows >= 1811
}

failed contains "r12_83" if not r12_83

r13_83 if {
	every x in input.datasets { r13_83_x(x) }
}

r13_83_x(x) if {
	x.missingRate <= 0.0649
	x.duplicateRate <= 0.0366
}

failed contains "r13_83" if not r13_83

r14_83 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1379
}

failed contains "r14_83" if not r14_83

r15_83 if {
	r15_83_any
}

r15_83_any if input.model.riskTier == "high"

r15_83_any if not r15_83_some

r15_83_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 93
}

failed contains "r15_83" if not r15_83

r16_83 if {
	every x in input.evaluation.fairness.groups { r16_83_x(x) }
}

r16_83_x(x) if {
	x.disparateImpact >= 0.8579
}

failed contains "r16_83" if not r16_83

r17_83 if {
	input.evaluations.count <= 88
}

failed contains "r17_83" if not r17_83

r18_83 if {
	input.now - input.evaluation.at <= 9763200000
}

failed contains "r18_83" if not r18_83

r19_83 if {
	r19_83_any
}

r19_83_any if {
	input.intent.environment != "production"
}

r19_83_any if {
	input.evaluation.f1 >= 0.7909
	input.evaluation.accuracy >= 0.8077
}

failed contains "r19_83" if not r19_83

r0_84 if {
	input.evaluation.auc >= 0.8604
}

failed contains "r0_84" if not r0_84

r1_84 if {
	input.evaluation.balancedAccuracy >= 0.7936
}

failed contains "r1_84" if not r1_84

r2_84 if {
	input.evaluation.fairness.disparateImpact >= 0.8924
	input.evaluation.fairness.disparateImpact <= 1.3928
}

failed contains "r2_84" if not r2_84

r3_84 if {
	input.evaluation.calibrationError <= 0.0788
}

failed contains "r3_84" if not r3_84

r4_84 if {
	input.evaluation.latencyP99Ms <= 332.0000
}

failed contains "r4_84" if not r4_84

r5_84 if {
	input.model.owner != "person:p84"
	input.model.intendedUse != ""
}

failed contains "r5_84" if not r5_84

r6_84 if {
	r6_84_any
}

r6_84_any if {
	input.model.riskTier != "prohibited"
}

r6_84_any if {
	input.intent.environment == "sandbox-84"
}

failed contains "r6_84" if not r6_84

r7_84 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-84"}
}

failed contains "r7_84" if not r7_84

r8_84 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c84"
}

failed contains "r8_84" if not r8_84

r9_84 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/84"
}

failed contains "r9_84" if not r9_84

r10_84 if {
	every x in input.datasets { r10_84_x(x) }
}

r10_84_x(x) if {
	x.license != "proprietary-84"
}

failed contains "r10_84" if not r10_84

r11_84 if {
	every x in input.datasets { r11_84_x(x) }
}

r11_84_x(x) if {
	not x.personalData
}

r11_84_x(x) if {
	x.lawfulBasis != "basis-84"
}

failed contains "r11_84" if not r11_84

r12_84 if {
	every x in input.datasets { r12_84_x(x) }
}

r12_84_x(x) if {
	x.rows >= 1828
}

failed contains "r12_84" if not r12_84

r13_84 if {
	every x in input.datasets { r13_84_x(x) }
}

r13_84_x(x) if {
	x.missingRate <= 0.0652
	x.duplicateRate <= 0.0368
}

failed contains "r13_84" if not r13_84

r14_84 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1392
}

failed contains "r14_84" if not r14_84

r15_84 if {
	r15_84_any
}

r15_84_any if input.model.riskTier == "high"

r15_84_any if not r15_84_some

r15_84_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 94
}

failed contains "r15_84" if not r15_84

r16_84 if {
	every x in input.evaluation.fairness.groups { r16_84_x(x) }
}

r16_84_x(x) if {
	x.disparateImpact >= 0.8592
}

failed contains "r16_84" if not r16_84

r17_84 if {
	input.evaluations.count <= 89
}

failed contains "r17_84" if not r17_84

r18_84 if {
	input.now - input.evaluation.at <= 9849600000
}

failed contains "r18_84" if not r18_84

r19_84 if {
	r19_84_any
}

r19_84_any if {
	input.intent.environment != "production"
}

r19_84_any if {
	input.evaluation.f1 >= 0.7932
	input.evaluation.accuracy >= 0.8096
}

failed contains "r19_84" if not r19_84

r0_85 if {
	input.evaluation.auc >= 0.8635
}

failed contains "r0_85" if not r0_85

r1_85 if {
	input.evaluation.balancedAccuracy >= 0.7965
}

failed contains "r1_85" if not r1_85

r2_85 if {
	input.evaluation.fairness.disparateImpact >= 0.8935
	input.evaluation.fairness.disparateImpact <= 1.3945
}

failed contains "r2_85" if not r2_85

r3_85 if {
	input.evaluation.calibrationError <= 0.0795
}

failed contains "r3_85" if not r3_85

r4_85 if {
	input.evaluation.latencyP99Ms <= 335.0000
}

failed contains "r4_85" if not r4_85

r5_85 if {
	input.model.owner != "person:p85"
	input.model.intendedUse != ""
}

failed contains "r5_85" if not r5_85

r6_85 if {
	r6_85_any
}

r6_85_any if {
	input.model.riskTier != "prohibited"
}

r6_85_any if {
	input.intent.environment == "sandbox-85"
}

failed contains "r6_85" if not r6_85

r7_85 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-85"}
}

failed contains "r7_85" if not r7_85

r8_85 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c85"
}

failed contains "r8_85" if not r8_85

r9_85 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/85"
}

failed contains "r9_85" if not r9_85

r10_85 if {
	every x in input.datasets { r10_85_x(x) }
}

r10_85_x(x) if {
	x.license != "proprietary-85"
}

failed contains "r10_85" if not r10_85

r11_85 if {
	every x in input.datasets { r11_85_x(x) }
}

r11_85_x(x) if {
	not x.personalData
}

r11_85_x(x) if {
	x.lawfulBasis != "basis-85"
}

failed contains "r11_85" if not r11_85

r12_85 if {
	every x in input.datasets { r12_85_x(x) }
}

r12_85_x(x) if {
	x.rows >= 1845
}

failed contains "r12_85" if not r12_85

r13_85 if {
	every x in input.datasets { r13_85_x(x) }
}

r13_85_x(x) if {
	x.missingRate <= 0.0655
	x.duplicateRate <= 0.0370
}

failed contains "r13_85" if not r13_85

r14_85 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1405
}

failed contains "r14_85" if not r14_85

r15_85 if {
	r15_85_any
}

r15_85_any if input.model.riskTier == "high"

r15_85_any if not r15_85_some

r15_85_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 95
}

failed contains "r15_85" if not r15_85

r16_85 if {
	every x in input.evaluation.fairness.groups { r16_85_x(x) }
}

r16_85_x(x) if {
	x.disparateImpact >= 0.8605
}

failed contains "r16_85" if not r16_85

r17_85 if {
	input.evaluations.count <= 90
}

failed contains "r17_85" if not r17_85

r18_85 if {
	input.now - input.evaluation.at <= 9936000000
}

failed contains "r18_85" if not r18_85

r19_85 if {
	r19_85_any
}

r19_85_any if {
	input.intent.environment != "production"
}

r19_85_any if {
	input.evaluation.f1 >= 0.7955
	input.evaluation.accuracy >= 0.8115
}

failed contains "r19_85" if not r19_85

r0_86 if {
	input.evaluation.auc >= 0.8666
}

failed contains "r0_86" if not r0_86

r1_86 if {
	input.evaluation.balancedAccuracy >= 0.7994
}

failed contains "r1_86" if not r1_86

r2_86 if {
	input.evaluation.fairness.disparateImpact >= 0.8946
	input.evaluation.fairness.disparateImpact <= 1.3962
}

failed contains "r2_86" if not r2_86

r3_86 if {
	input.evaluation.calibrationError <= 0.0802
}

failed contains "r3_86" if not r3_86

r4_86 if {
	input.evaluation.latencyP99Ms <= 338.0000
}

failed contains "r4_86" if not r4_86

r5_86 if {
	input.model.owner != "person:p86"
	input.model.intendedUse != ""
}

failed contains "r5_86" if not r5_86

r6_86 if {
	r6_86_any
}

r6_86_any if {
	input.model.riskTier != "prohibited"
}

r6_86_any if {
	input.intent.environment == "sandbox-86"
}

failed contains "r6_86" if not r6_86

r7_86 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-86"}
}

failed contains "r7_86" if not r7_86

r8_86 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c86"
}

failed contains "r8_86" if not r8_86

r9_86 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/86"
}

failed contains "r9_86" if not r9_86

r10_86 if {
	every x in input.datasets { r10_86_x(x) }
}

r10_86_x(x) if {
	x.license != "proprietary-86"
}

failed contains "r10_86" if not r10_86

r11_86 if {
	every x in input.datasets { r11_86_x(x) }
}

r11_86_x(x) if {
	not x.personalData
}

r11_86_x(x) if {
	x.lawfulBasis != "basis-86"
}

failed contains "r11_86" if not r11_86

r12_86 if {
	every x in input.datasets { r12_86_x(x) }
}

r12_86_x(x) if {
	x.rows >= 1862
}

failed contains "r12_86" if not r12_86

r13_86 if {
	every x in input.datasets { r13_86_x(x) }
}

r13_86_x(x) if {
	x.missingRate <= 0.0658
	x.duplicateRate <= 0.0372
}

failed contains "r13_86" if not r13_86

r14_86 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1418
}

failed contains "r14_86" if not r14_86

r15_86 if {
	r15_86_any
}

r15_86_any if input.model.riskTier == "high"

r15_86_any if not r15_86_some

r15_86_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 96
}

failed contains "r15_86" if not r15_86

r16_86 if {
	every x in input.evaluation.fairness.groups { r16_86_x(x) }
}

r16_86_x(x) if {
	x.disparateImpact >= 0.8618
}

failed contains "r16_86" if not r16_86

r17_86 if {
	input.evaluations.count <= 91
}

failed contains "r17_86" if not r17_86

r18_86 if {
	input.now - input.evaluation.at <= 10022400000
}

failed contains "r18_86" if not r18_86

r19_86 if {
	r19_86_any
}

r19_86_any if {
	input.intent.environment != "production"
}

r19_86_any if {
	input.evaluation.f1 >= 0.7978
	input.evaluation.accuracy >= 0.8134
}

failed contains "r19_86" if not r19_86

r0_87 if {
	input.evaluation.auc >= 0.8697
}

failed contains "r0_87" if not r0_87

r1_87 if {
	input.evaluation.balancedAccuracy >= 0.8023
}

failed contains "r1_87" if not r1_87

r2_87 if {
	input.evaluation.fairness.disparateImpact >= 0.8957
	input.evaluation.fairness.disparateImpact <= 1.3979
}

failed contains "r2_87" if not r2_87

r3_87 if {
	input.evaluation.calibrationError <= 0.0809
}

failed contains "r3_87" if not r3_87

r4_87 if {
	input.evaluation.latencyP99Ms <= 341.0000
}

failed contains "r4_87" if not r4_87

r5_87 if {
	input.model.owner != "person:p87"
	input.model.intendedUse != ""
}

failed contains "r5_87" if not r5_87

r6_87 if {
	r6_87_any
}

r6_87_any if {
	input.model.riskTier != "prohibited"
}

r6_87_any if {
	input.intent.environment == "sandbox-87"
}

failed contains "r6_87" if not r6_87

r7_87 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-87"}
}

failed contains "r7_87" if not r7_87

r8_87 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c87"
}

failed contains "r8_87" if not r8_87

r9_87 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/87"
}

failed contains "r9_87" if not r9_87

r10_87 if {
	every x in input.datasets { r10_87_x(x) }
}

r10_87_x(x) if {
	x.license != "proprietary-87"
}

failed contains "r10_87" if not r10_87

r11_87 if {
	every x in input.datasets { r11_87_x(x) }
}

r11_87_x(x) if {
	not x.personalData
}

r11_87_x(x) if {
	x.lawfulBasis != "basis-87"
}

failed contains "r11_87" if not r11_87

r12_87 if {
	every x in input.datasets { r12_87_x(x) }
}

r12_87_x(x) if {
	x.rows >= 1879
}

failed contains "r12_87" if not r12_87

r13_87 if {
	every x in input.datasets { r13_87_x(x) }
}

r13_87_x(x) if {
	x.missingRate <= 0.0661
	x.duplicateRate <= 0.0374
}

failed contains "r13_87" if not r13_87

r14_87 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1431
}

failed contains "r14_87" if not r14_87

r15_87 if {
	r15_87_any
}

r15_87_any if input.model.riskTier == "high"

r15_87_any if not r15_87_some

r15_87_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 97
}

failed contains "r15_87" if not r15_87

r16_87 if {
	every x in input.evaluation.fairness.groups { r16_87_x(x) }
}

r16_87_x(x) if {
	x.disparateImpact >= 0.8631
}

failed contains "r16_87" if not r16_87

r17_87 if {
	input.evaluations.count <= 92
}

failed contains "r17_87" if not r17_87

r18_87 if {
	input.now - input.evaluation.at <= 10108800000
}

failed contains "r18_87" if not r18_87

r19_87 if {
	r19_87_any
}

r19_87_any if {
	input.intent.environment != "production"
}

r19_87_any if {
	input.evaluation.f1 >= 0.8001
	input.evaluation.accuracy >= 0.8153
}

failed contains "r19_87" if not r19_87

r0_88 if {
	input.evaluation.auc >= 0.8728
}

failed contains "r0_88" if not r0_88

r1_88 if {
	input.evaluation.balancedAccuracy >= 0.8052
}

failed contains "r1_88" if not r1_88

r2_88 if {
	input.evaluation.fairness.disparateImpact >= 0.8968
	input.evaluation.fairness.disparateImpact <= 1.3996
}

failed contains "r2_88" if not r2_88

r3_88 if {
	input.evaluation.calibrationError <= 0.0816
}

failed contains "r3_88" if not r3_88

r4_88 if {
	input.evaluation.latencyP99Ms <= 344.0000
}

failed contains "r4_88" if not r4_88

r5_88 if {
	input.model.owner != "person:p88"
	input.model.intendedUse != ""
}

failed contains "r5_88" if not r5_88

r6_88 if {
	r6_88_any
}

r6_88_any if {
	input.model.riskTier != "prohibited"
}

r6_88_any if {
	input.intent.environment == "sandbox-88"
}

failed contains "r6_88" if not r6_88

r7_88 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-88"}
}

failed contains "r7_88" if not r7_88

r8_88 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c88"
}

failed contains "r8_88" if not r8_88

r9_88 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/88"
}

failed contains "r9_88" if not r9_88

r10_88 if {
	every x in input.datasets { r10_88_x(x) }
}

r10_88_x(x) if {
	x.license != "proprietary-88"
}

failed contains "r10_88" if not r10_88

r11_88 if {
	every x in input.datasets { r11_88_x(x) }
}

r11_88_x(x) if {
	not x.personalData
}

r11_88_x(x) if {
	x.lawfulBasis != "basis-88"
}

failed contains "r11_88" if not r11_88

r12_88 if {
	every x in input.datasets { r12_88_x(x) }
}

r12_88_x(x) if {
	x.rows >= 1896
}

failed contains "r12_88" if not r12_88

r13_88 if {
	every x in input.datasets { r13_88_x(x) }
}

r13_88_x(x) if {
	x.missingRate <= 0.0664
	x.duplicateRate <= 0.0376
}

failed contains "r13_88" if not r13_88

r14_88 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1444
}

failed contains "r14_88" if not r14_88

r15_88 if {
	r15_88_any
}

r15_88_any if input.model.riskTier == "high"

r15_88_any if not r15_88_some

r15_88_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 98
}

failed contains "r15_88" if not r15_88

r16_88 if {
	every x in input.evaluation.fairness.groups { r16_88_x(x) }
}

r16_88_x(x) if {
	x.disparateImpact >= 0.8644
}

failed contains "r16_88" if not r16_88

r17_88 if {
	input.evaluations.count <= 93
}

failed contains "r17_88" if not r17_88

r18_88 if {
	input.now - input.evaluation.at <= 10195200000
}

failed contains "r18_88" if not r18_88

r19_88 if {
	r19_88_any
}

r19_88_any if {
	input.intent.environment != "production"
}

r19_88_any if {
	input.evaluation.f1 >= 0.8024
	input.evaluation.accuracy >= 0.8172
}

failed contains "r19_88" if not r19_88

r0_89 if {
	input.evaluation.auc >= 0.8759
}

failed contains "r0_89" if not r0_89

r1_89 if {
	input.evaluation.balancedAccuracy >= 0.8081
}

failed contains "r1_89" if not r1_89

r2_89 if {
	input.evaluation.fairness.disparateImpact >= 0.8979
	input.evaluation.fairness.disparateImpact <= 1.4013
}

failed contains "r2_89" if not r2_89

r3_89 if {
	input.evaluation.calibrationError <= 0.0823
}

failed contains "r3_89" if not r3_89

r4_89 if {
	input.evaluation.latencyP99Ms <= 347.0000
}

failed contains "r4_89" if not r4_89

r5_89 if {
	input.model.owner != "person:p89"
	input.model.intendedUse != ""
}

failed contains "r5_89" if not r5_89

r6_89 if {
	r6_89_any
}

r6_89_any if {
	input.model.riskTier != "prohibited"
}

r6_89_any if {
	input.intent.environment == "sandbox-89"
}

failed contains "r6_89" if not r6_89

r7_89 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-89"}
}

failed contains "r7_89" if not r7_89

r8_89 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c89"
}

failed contains "r8_89" if not r8_89

r9_89 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/89"
}

failed contains "r9_89" if not r9_89

r10_89 if {
	every x in input.datasets { r10_89_x(x) }
}

r10_89_x(x) if {
	x.license != "proprietary-89"
}

failed contains "r10_89" if not r10_89

r11_89 if {
	every x in input.datasets { r11_89_x(x) }
}

r11_89_x(x) if {
	not x.personalData
}

r11_89_x(x) if {
	x.lawfulBasis != "basis-89"
}

failed contains "r11_89" if not r11_89

r12_89 if {
	every x in input.datasets { r12_89_x(x) }
}

r12_89_x(x) if {
	x.rows >= 1913
}

failed contains "r12_89" if not r12_89

r13_89 if {
	every x in input.datasets { r13_89_x(x) }
}

r13_89_x(x) if {
	x.missingRate <= 0.0667
	x.duplicateRate <= 0.0378
}

failed contains "r13_89" if not r13_89

r14_89 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1457
}

failed contains "r14_89" if not r14_89

r15_89 if {
	r15_89_any
}

r15_89_any if input.model.riskTier == "high"

r15_89_any if not r15_89_some

r15_89_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 99
}

failed contains "r15_89" if not r15_89

r16_89 if {
	every x in input.evaluation.fairness.groups { r16_89_x(x) }
}

r16_89_x(x) if {
	x.disparateImpact >= 0.8657
}

failed contains "r16_89" if not r16_89

r17_89 if {
	input.evaluations.count <= 94
}

failed contains "r17_89" if not r17_89

r18_89 if {
	input.now - input.evaluation.at <= 10281600000
}

failed contains "r18_89" if not r18_89

r19_89 if {
	r19_89_any
}

r19_89_any if {
	input.intent.environment != "production"
}

r19_89_any if {
	input.evaluation.f1 >= 0.8047
	input.evaluation.accuracy >= 0.8191
}

failed contains "r19_89" if not r19_89

r0_90 if {
	input.evaluation.auc >= 0.8790
}

failed contains "r0_90" if not r0_90

r1_90 if {
	input.evaluation.balancedAccuracy >= 0.8110
}

failed contains "r1_90" if not r1_90

r2_90 if {
	input.evaluation.fairness.disparateImpact >= 0.8990
	input.evaluation.fairness.disparateImpact <= 1.4030
}

failed contains "r2_90" if not r2_90

r3_90 if {
	input.evaluation.calibrationError <= 0.0830
}

failed contains "r3_90" if not r3_90

r4_90 if {
	input.evaluation.latencyP99Ms <= 350.0000
}

failed contains "r4_90" if not r4_90

r5_90 if {
	input.model.owner != "person:p90"
	input.model.intendedUse != ""
}

failed contains "r5_90" if not r5_90

r6_90 if {
	r6_90_any
}

r6_90_any if {
	input.model.riskTier != "prohibited"
}

r6_90_any if {
	input.intent.environment == "sandbox-90"
}

failed contains "r6_90" if not r6_90

r7_90 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-90"}
}

failed contains "r7_90" if not r7_90

r8_90 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c90"
}

failed contains "r8_90" if not r8_90

r9_90 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/90"
}

failed contains "r9_90" if not r9_90

r10_90 if {
	every x in input.datasets { r10_90_x(x) }
}

r10_90_x(x) if {
	x.license != "proprietary-90"
}

failed contains "r10_90" if not r10_90

r11_90 if {
	every x in input.datasets { r11_90_x(x) }
}

r11_90_x(x) if {
	not x.personalData
}

r11_90_x(x) if {
	x.lawfulBasis != "basis-90"
}

failed contains "r11_90" if not r11_90

r12_90 if {
	every x in input.datasets { r12_90_x(x) }
}

r12_90_x(x) if {
	x.rows >= 1930
}

failed contains "r12_90" if not r12_90

r13_90 if {
	every x in input.datasets { r13_90_x(x) }
}

r13_90_x(x) if {
	x.missingRate <= 0.0670
	x.duplicateRate <= 0.0380
}

failed contains "r13_90" if not r13_90

r14_90 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1470
}

failed contains "r14_90" if not r14_90

r15_90 if {
	r15_90_any
}

r15_90_any if input.model.riskTier == "high"

r15_90_any if not r15_90_some

r15_90_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 100
}

failed contains "r15_90" if not r15_90

r16_90 if {
	every x in input.evaluation.fairness.groups { r16_90_x(x) }
}

r16_90_x(x) if {
	x.disparateImpact >= 0.8670
}

failed contains "r16_90" if not r16_90

r17_90 if {
	input.evaluations.count <= 95
}

failed contains "r17_90" if not r17_90

r18_90 if {
	input.now - input.evaluation.at <= 10368000000
}

failed contains "r18_90" if not r18_90

r19_90 if {
	r19_90_any
}

r19_90_any if {
	input.intent.environment != "production"
}

r19_90_any if {
	input.evaluation.f1 >= 0.8070
	input.evaluation.accuracy >= 0.8210
}

failed contains "r19_90" if not r19_90

r0_91 if {
	input.evaluation.auc >= 0.8821
}

failed contains "r0_91" if not r0_91

r1_91 if {
	input.evaluation.balancedAccuracy >= 0.8139
}

failed contains "r1_91" if not r1_91

r2_91 if {
	input.evaluation.fairness.disparateImpact >= 0.9001
	input.evaluation.fairness.disparateImpact <= 1.4047
}

failed contains "r2_91" if not r2_91

r3_91 if {
	input.evaluation.calibrationError <= 0.0837
}

failed contains "r3_91" if not r3_91

r4_91 if {
	input.evaluation.latencyP99Ms <= 353.0000
}

failed contains "r4_91" if not r4_91

r5_91 if {
	input.model.owner != "person:p91"
	input.model.intendedUse != ""
}

failed contains "r5_91" if not r5_91

r6_91 if {
	r6_91_any
}

r6_91_any if {
	input.model.riskTier != "prohibited"
}

r6_91_any if {
	input.intent.environment == "sandbox-91"
}

failed contains "r6_91" if not r6_91

r7_91 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-91"}
}

failed contains "r7_91" if not r7_91

r8_91 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c91"
}

failed contains "r8_91" if not r8_91

r9_91 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/91"
}

failed contains "r9_91" if not r9_91

r10_91 if {
	every x in input.datasets { r10_91_x(x) }
}

r10_91_x(x) if {
	x.license != "proprietary-91"
}

failed contains "r10_91" if not r10_91

r11_91 if {
	every x in input.datasets { r11_91_x(x) }
}

r11_91_x(x) if {
	not x.personalData
}

r11_91_x(x) if {
	x.lawfulBasis != "basis-91"
}

failed contains "r11_91" if not r11_91

r12_91 if {
	every x in input.datasets { r12_91_x(x) }
}

r12_91_x(x) if {
	x.rows >= 1947
}

failed contains "r12_91" if not r12_91

r13_91 if {
	every x in input.datasets { r13_91_x(x) }
}

r13_91_x(x) if {
	x.missingRate <= 0.0673
	x.duplicateRate <= 0.0382
}

failed contains "r13_91" if not r13_91

r14_91 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1483
}

failed contains "r14_91" if not r14_91

r15_91 if {
	r15_91_any
}

r15_91_any if input.model.riskTier == "high"

r15_91_any if not r15_91_some

r15_91_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 101
}

failed contains "r15_91" if not r15_91

r16_91 if {
	every x in input.evaluation.fairness.groups { r16_91_x(x) }
}

r16_91_x(x) if {
	x.disparateImpact >= 0.8683
}

failed contains "r16_91" if not r16_91

r17_91 if {
	input.evaluations.count <= 96
}

failed contains "r17_91" if not r17_91

r18_91 if {
	input.now - input.evaluation.at <= 10454400000
}

failed contains "r18_91" if not r18_91

r19_91 if {
	r19_91_any
}

r19_91_any if {
	input.intent.environment != "production"
}

r19_91_any if {
	input.evaluation.f1 >= 0.8093
	input.evaluation.accuracy >= 0.8229
}

failed contains "r19_91" if not r19_91

r0_92 if {
	input.evaluation.auc >= 0.8852
}

failed contains "r0_92" if not r0_92

r1_92 if {
	input.evaluation.balancedAccuracy >= 0.8168
}

failed contains "r1_92" if not r1_92

r2_92 if {
	input.evaluation.fairness.disparateImpact >= 0.9012
	input.evaluation.fairness.disparateImpact <= 1.4064
}

failed contains "r2_92" if not r2_92

r3_92 if {
	input.evaluation.calibrationError <= 0.0844
}

failed contains "r3_92" if not r3_92

r4_92 if {
	input.evaluation.latencyP99Ms <= 356.0000
}

failed contains "r4_92" if not r4_92

r5_92 if {
	input.model.owner != "person:p92"
	input.model.intendedUse != ""
}

failed contains "r5_92" if not r5_92

r6_92 if {
	r6_92_any
}

r6_92_any if {
	input.model.riskTier != "prohibited"
}

r6_92_any if {
	input.intent.environment == "sandbox-92"
}

failed contains "r6_92" if not r6_92

r7_92 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-92"}
}

failed contains "r7_92" if not r7_92

r8_92 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c92"
}

failed contains "r8_92" if not r8_92

r9_92 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/92"
}

failed contains "r9_92" if not r9_92

r10_92 if {
	every x in input.datasets { r10_92_x(x) }
}

r10_92_x(x) if {
	x.license != "proprietary-92"
}

failed contains "r10_92" if not r10_92

r11_92 if {
	every x in input.datasets { r11_92_x(x) }
}

r11_92_x(x) if {
	not x.personalData
}

r11_92_x(x) if {
	x.lawfulBasis != "basis-92"
}

failed contains "r11_92" if not r11_92

r12_92 if {
	every x in input.datasets { r12_92_x(x) }
}

r12_92_x(x) if {
	x.rows >= 1964
}

failed contains "r12_92" if not r12_92

r13_92 if {
	every x in input.datasets { r13_92_x(x) }
}

r13_92_x(x) if {
	x.missingRate <= 0.0676
	x.duplicateRate <= 0.0384
}

failed contains "r13_92" if not r13_92

r14_92 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1496
}

failed contains "r14_92" if not r14_92

r15_92 if {
	r15_92_any
}

r15_92_any if input.model.riskTier == "high"

r15_92_any if not r15_92_some

r15_92_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 102
}

failed contains "r15_92" if not r15_92

r16_92 if {
	every x in input.evaluation.fairness.groups { r16_92_x(x) }
}

r16_92_x(x) if {
	x.disparateImpact >= 0.8696
}

failed contains "r16_92" if not r16_92

r17_92 if {
	input.evaluations.count <= 97
}

failed contains "r17_92" if not r17_92

r18_92 if {
	input.now - input.evaluation.at <= 10540800000
}

failed contains "r18_92" if not r18_92

r19_92 if {
	r19_92_any
}

r19_92_any if {
	input.intent.environment != "production"
}

r19_92_any if {
	input.evaluation.f1 >= 0.8116
	input.evaluation.accuracy >= 0.8248
}

failed contains "r19_92" if not r19_92

r0_93 if {
	input.evaluation.auc >= 0.8883
}

failed contains "r0_93" if not r0_93

r1_93 if {
	input.evaluation.balancedAccuracy >= 0.8197
}

failed contains "r1_93" if not r1_93

r2_93 if {
	input.evaluation.fairness.disparateImpact >= 0.9023
	input.evaluation.fairness.disparateImpact <= 1.4081
}

failed contains "r2_93" if not r2_93

r3_93 if {
	input.evaluation.calibrationError <= 0.0851
}

failed contains "r3_93" if not r3_93

r4_93 if {
	input.evaluation.latencyP99Ms <= 359.0000
}

failed contains "r4_93" if not r4_93

r5_93 if {
	input.model.owner != "person:p93"
	input.model.intendedUse != ""
}

failed contains "r5_93" if not r5_93

r6_93 if {
	r6_93_any
}

r6_93_any if {
	input.model.riskTier != "prohibited"
}

r6_93_any if {
	input.intent.environment == "sandbox-93"
}

failed contains "r6_93" if not r6_93

r7_93 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-93"}
}

failed contains "r7_93" if not r7_93

r8_93 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c93"
}

failed contains "r8_93" if not r8_93

r9_93 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/93"
}

failed contains "r9_93" if not r9_93

r10_93 if {
	every x in input.datasets { r10_93_x(x) }
}

r10_93_x(x) if {
	x.license != "proprietary-93"
}

failed contains "r10_93" if not r10_93

r11_93 if {
	every x in input.datasets { r11_93_x(x) }
}

r11_93_x(x) if {
	not x.personalData
}

r11_93_x(x) if {
	x.lawfulBasis != "basis-93"
}

failed contains "r11_93" if not r11_93

r12_93 if {
	every x in input.datasets { r12_93_x(x) }
}

r12_93_x(x) if {
	x.rows >= 1981
}

failed contains "r12_93" if not r12_93

r13_93 if {
	every x in input.datasets { r13_93_x(x) }
}

r13_93_x(x) if {
	x.missingRate <= 0.0679
	x.duplicateRate <= 0.0386
}

failed contains "r13_93" if not r13_93

r14_93 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1509
}

failed contains "r14_93" if not r14_93

r15_93 if {
	r15_93_any
}

r15_93_any if input.model.riskTier == "high"

r15_93_any if not r15_93_some

r15_93_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 103
}

failed contains "r15_93" if not r15_93

r16_93 if {
	every x in input.evaluation.fairness.groups { r16_93_x(x) }
}

r16_93_x(x) if {
	x.disparateImpact >= 0.8709
}

failed contains "r16_93" if not r16_93

r17_93 if {
	input.evaluations.count <= 98
}

failed contains "r17_93" if not r17_93

r18_93 if {
	input.now - input.evaluation.at <= 10627200000
}

failed contains "r18_93" if not r18_93

r19_93 if {
	r19_93_any
}

r19_93_any if {
	input.intent.environment != "production"
}

r19_93_any if {
	input.evaluation.f1 >= 0.8139
	input.evaluation.accuracy >= 0.8267
}

failed contains "r19_93" if not r19_93

r0_94 if {
	input.evaluation.auc >= 0.8914
}

failed contains "r0_94" if not r0_94

r1_94 if {
	input.evaluation.balancedAccuracy >= 0.8226
}

failed contains "r1_94" if not r1_94

r2_94 if {
	input.evaluation.fairness.disparateImpact >= 0.9034
	input.evaluation.fairness.disparateImpact <= 1.4098
}

failed contains "r2_94" if not r2_94

r3_94 if {
	input.evaluation.calibrationError <= 0.0858
}

failed contains "r3_94" if not r3_94

r4_94 if {
	input.evaluation.latencyP99Ms <= 362.0000
}

failed contains "r4_94" if not r4_94

r5_94 if {
	input.model.owner != "person:p94"
	input.model.intendedUse != ""
}

failed contains "r5_94" if not r5_94

r6_94 if {
	r6_94_any
}

r6_94_any if {
	input.model.riskTier != "prohibited"
}

r6_94_any if {
	input.intent.environment == "sandbox-94"
}

failed contains "r6_94" if not r6_94

r7_94 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-94"}
}

failed contains "r7_94" if not r7_94

r8_94 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c94"
}

failed contains "r8_94" if not r8_94

r9_94 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/94"
}

failed contains "r9_94" if not r9_94

r10_94 if {
	every x in input.datasets { r10_94_x(x) }
}

r10_94_x(x) if {
	x.license != "proprietary-94"
}

failed contains "r10_94" if not r10_94

r11_94 if {
	every x in input.datasets { r11_94_x(x) }
}

r11_94_x(x) if {
	not x.personalData
}

r11_94_x(x) if {
	x.lawfulBasis != "basis-94"
}

failed contains "r11_94" if not r11_94

r12_94 if {
	every x in input.datasets { r12_94_x(x) }
}

r12_94_x(x) if {
	x.rows >= 1998
}

failed contains "r12_94" if not r12_94

r13_94 if {
	every x in input.datasets { r13_94_x(x) }
}

r13_94_x(x) if {
	x.missingRate <= 0.0682
	x.duplicateRate <= 0.0388
}

failed contains "r13_94" if not r13_94

r14_94 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1522
}

failed contains "r14_94" if not r14_94

r15_94 if {
	r15_94_any
}

r15_94_any if input.model.riskTier == "high"

r15_94_any if not r15_94_some

r15_94_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 104
}

failed contains "r15_94" if not r15_94

r16_94 if {
	every x in input.evaluation.fairness.groups { r16_94_x(x) }
}

r16_94_x(x) if {
	x.disparateImpact >= 0.8722
}

failed contains "r16_94" if not r16_94

r17_94 if {
	input.evaluations.count <= 99
}

failed contains "r17_94" if not r17_94

r18_94 if {
	input.now - input.evaluation.at <= 10713600000
}

failed contains "r18_94" if not r18_94

r19_94 if {
	r19_94_any
}

r19_94_any if {
	input.intent.environment != "production"
}

r19_94_any if {
	input.evaluation.f1 >= 0.8162
	input.evaluation.accuracy >= 0.8286
}

failed contains "r19_94" if not r19_94

r0_95 if {
	input.evaluation.auc >= 0.8945
}

failed contains "r0_95" if not r0_95

r1_95 if {
	input.evaluation.balancedAccuracy >= 0.8255
}

failed contains "r1_95" if not r1_95

r2_95 if {
	input.evaluation.fairness.disparateImpact >= 0.9045
	input.evaluation.fairness.disparateImpact <= 1.4115
}

failed contains "r2_95" if not r2_95

r3_95 if {
	input.evaluation.calibrationError <= 0.0865
}

failed contains "r3_95" if not r3_95

r4_95 if {
	input.evaluation.latencyP99Ms <= 365.0000
}

failed contains "r4_95" if not r4_95

r5_95 if {
	input.model.owner != "person:p95"
	input.model.intendedUse != ""
}

failed contains "r5_95" if not r5_95

r6_95 if {
	r6_95_any
}

r6_95_any if {
	input.model.riskTier != "prohibited"
}

r6_95_any if {
	input.intent.environment == "sandbox-95"
}

failed contains "r6_95" if not r6_95

r7_95 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-95"}
}

failed contains "r7_95" if not r7_95

r8_95 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c95"
}

failed contains "r8_95" if not r8_95

r9_95 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/95"
}

failed contains "r9_95" if not r9_95

r10_95 if {
	every x in input.datasets { r10_95_x(x) }
}

r10_95_x(x) if {
	x.license != "proprietary-95"
}

failed contains "r10_95" if not r10_95

r11_95 if {
	every x in input.datasets { r11_95_x(x) }
}

r11_95_x(x) if {
	not x.personalData
}

r11_95_x(x) if {
	x.lawfulBasis != "basis-95"
}

failed contains "r11_95" if not r11_95

r12_95 if {
	every x in input.datasets { r12_95_x(x) }
}

r12_95_x(x) if {
	x.rows >= 2015
}

failed contains "r12_95" if not r12_95

r13_95 if {
	every x in input.datasets { r13_95_x(x) }
}

r13_95_x(x) if {
	x.missingRate <= 0.0685
	x.duplicateRate <= 0.0390
}

failed contains "r13_95" if not r13_95

r14_95 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1535
}

failed contains "r14_95" if not r14_95

r15_95 if {
	r15_95_any
}

r15_95_any if input.model.riskTier == "high"

r15_95_any if not r15_95_some

r15_95_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 105
}

failed contains "r15_95" if not r15_95

r16_95 if {
	every x in input.evaluation.fairness.groups { r16_95_x(x) }
}

r16_95_x(x) if {
	x.disparateImpact >= 0.8735
}

failed contains "r16_95" if not r16_95

r17_95 if {
	input.evaluations.count <= 100
}

failed contains "r17_95" if not r17_95

r18_95 if {
	input.now - input.evaluation.at <= 10800000000
}

failed contains "r18_95" if not r18_95

r19_95 if {
	r19_95_any
}

r19_95_any if {
	input.intent.environment != "production"
}

r19_95_any if {
	input.evaluation.f1 >= 0.8185
	input.evaluation.accuracy >= 0.8305
}

failed contains "r19_95" if not r19_95

r0_96 if {
	input.evaluation.auc >= 0.8976
}

failed contains "r0_96" if not r0_96

r1_96 if {
	input.evaluation.balancedAccuracy >= 0.8284
}

failed contains "r1_96" if not r1_96

r2_96 if {
	input.evaluation.fairness.disparateImpact >= 0.9056
	input.evaluation.fairness.disparateImpact <= 1.4132
}

failed contains "r2_96" if not r2_96

r3_96 if {
	input.evaluation.calibrationError <= 0.0872
}

failed contains "r3_96" if not r3_96

r4_96 if {
	input.evaluation.latencyP99Ms <= 368.0000
}

failed contains "r4_96" if not r4_96

r5_96 if {
	input.model.owner != "person:p96"
	input.model.intendedUse != ""
}

failed contains "r5_96" if not r5_96

r6_96 if {
	r6_96_any
}

r6_96_any if {
	input.model.riskTier != "prohibited"
}

r6_96_any if {
	input.intent.environment == "sandbox-96"
}

failed contains "r6_96" if not r6_96

r7_96 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-96"}
}

failed contains "r7_96" if not r7_96

r8_96 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c96"
}

failed contains "r8_96" if not r8_96

r9_96 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/96"
}

failed contains "r9_96" if not r9_96

r10_96 if {
	every x in input.datasets { r10_96_x(x) }
}

r10_96_x(x) if {
	x.license != "proprietary-96"
}

failed contains "r10_96" if not r10_96

r11_96 if {
	every x in input.datasets { r11_96_x(x) }
}

r11_96_x(x) if {
	not x.personalData
}

r11_96_x(x) if {
	x.lawfulBasis != "basis-96"
}

failed contains "r11_96" if not r11_96

r12_96 if {
	every x in input.datasets { r12_96_x(x) }
}

r12_96_x(x) if {
	x.rows >= 2032
}

failed contains "r12_96" if not r12_96

r13_96 if {
	every x in input.datasets { r13_96_x(x) }
}

r13_96_x(x) if {
	x.missingRate <= 0.0688
	x.duplicateRate <= 0.0392
}

failed contains "r13_96" if not r13_96

r14_96 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1548
}

failed contains "r14_96" if not r14_96

r15_96 if {
	r15_96_any
}

r15_96_any if input.model.riskTier == "high"

r15_96_any if not r15_96_some

r15_96_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 106
}

failed contains "r15_96" if not r15_96

r16_96 if {
	every x in input.evaluation.fairness.groups { r16_96_x(x) }
}

r16_96_x(x) if {
	x.disparateImpact >= 0.8748
}

failed contains "r16_96" if not r16_96

r17_96 if {
	input.evaluations.count <= 101
}

failed contains "r17_96" if not r17_96

r18_96 if {
	input.now - input.evaluation.at <= 10886400000
}

failed contains "r18_96" if not r18_96

r19_96 if {
	r19_96_any
}

r19_96_any if {
	input.intent.environment != "production"
}

r19_96_any if {
	input.evaluation.f1 >= 0.8208
	input.evaluation.accuracy >= 0.8324
}

failed contains "r19_96" if not r19_96

r0_97 if {
	input.evaluation.auc >= 0.9007
}

failed contains "r0_97" if not r0_97

r1_97 if {
	input.evaluation.balancedAccuracy >= 0.8313
}

failed contains "r1_97" if not r1_97

r2_97 if {
	input.evaluation.fairness.disparateImpact >= 0.9067
	input.evaluation.fairness.disparateImpact <= 1.4149
}

failed contains "r2_97" if not r2_97

r3_97 if {
	input.evaluation.calibrationError <= 0.0879
}

failed contains "r3_97" if not r3_97

r4_97 if {
	input.evaluation.latencyP99Ms <= 371.0000
}

failed contains "r4_97" if not r4_97

r5_97 if {
	input.model.owner != "person:p97"
	input.model.intendedUse != ""
}

failed contains "r5_97" if not r5_97

r6_97 if {
	r6_97_any
}

r6_97_any if {
	input.model.riskTier != "prohibited"
}

r6_97_any if {
	input.intent.environment == "sandbox-97"
}

failed contains "r6_97" if not r6_97

r7_97 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-97"}
}

failed contains "r7_97" if not r7_97

r8_97 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c97"
}

failed contains "r8_97" if not r8_97

r9_97 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/97"
}

failed contains "r9_97" if not r9_97

r10_97 if {
	every x in input.datasets { r10_97_x(x) }
}

r10_97_x(x) if {
	x.license != "proprietary-97"
}

failed contains "r10_97" if not r10_97

r11_97 if {
	every x in input.datasets { r11_97_x(x) }
}

r11_97_x(x) if {
	not x.personalData
}

r11_97_x(x) if {
	x.lawfulBasis != "basis-97"
}

failed contains "r11_97" if not r11_97

r12_97 if {
	every x in input.datasets { r12_97_x(x) }
}

r12_97_x(x) if {
	x.rows >= 2049
}

failed contains "r12_97" if not r12_97

r13_97 if {
	every x in input.datasets { r13_97_x(x) }
}

r13_97_x(x) if {
	x.missingRate <= 0.0691
	x.duplicateRate <= 0.0394
}

failed contains "r13_97" if not r13_97

r14_97 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1561
}

failed contains "r14_97" if not r14_97

r15_97 if {
	r15_97_any
}

r15_97_any if input.model.riskTier == "high"

r15_97_any if not r15_97_some

r15_97_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 107
}

failed contains "r15_97" if not r15_97

r16_97 if {
	every x in input.evaluation.fairness.groups { r16_97_x(x) }
}

r16_97_x(x) if {
	x.disparateImpact >= 0.8761
}

failed contains "r16_97" if not r16_97

r17_97 if {
	input.evaluations.count <= 102
}

failed contains "r17_97" if not r17_97

r18_97 if {
	input.now - input.evaluation.at <= 10972800000
}

failed contains "r18_97" if not r18_97

r19_97 if {
	r19_97_any
}

r19_97_any if {
	input.intent.environment != "production"
}

r19_97_any if {
	input.evaluation.f1 >= 0.8231
	input.evaluation.accuracy >= 0.8343
}

failed contains "r19_97" if not r19_97

r0_98 if {
	input.evaluation.auc >= 0.9038
}

failed contains "r0_98" if not r0_98

r1_98 if {
	input.evaluation.balancedAccuracy >= 0.8342
}

failed contains "r1_98" if not r1_98

r2_98 if {
	input.evaluation.fairness.disparateImpact >= 0.9078
	input.evaluation.fairness.disparateImpact <= 1.4166
}

failed contains "r2_98" if not r2_98

r3_98 if {
	input.evaluation.calibrationError <= 0.0886
}

failed contains "r3_98" if not r3_98

r4_98 if {
	input.evaluation.latencyP99Ms <= 374.0000
}

failed contains "r4_98" if not r4_98

r5_98 if {
	input.model.owner != "person:p98"
	input.model.intendedUse != ""
}

failed contains "r5_98" if not r5_98

r6_98 if {
	r6_98_any
}

r6_98_any if {
	input.model.riskTier != "prohibited"
}

r6_98_any if {
	input.intent.environment == "sandbox-98"
}

failed contains "r6_98" if not r6_98

r7_98 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-98"}
}

failed contains "r7_98" if not r7_98

r8_98 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c98"
}

failed contains "r8_98" if not r8_98

r9_98 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/98"
}

failed contains "r9_98" if not r9_98

r10_98 if {
	every x in input.datasets { r10_98_x(x) }
}

r10_98_x(x) if {
	x.license != "proprietary-98"
}

failed contains "r10_98" if not r10_98

r11_98 if {
	every x in input.datasets { r11_98_x(x) }
}

r11_98_x(x) if {
	not x.personalData
}

r11_98_x(x) if {
	x.lawfulBasis != "basis-98"
}

failed contains "r11_98" if not r11_98

r12_98 if {
	every x in input.datasets { r12_98_x(x) }
}

r12_98_x(x) if {
	x.rows >= 2066
}

failed contains "r12_98" if not r12_98

r13_98 if {
	every x in input.datasets { r13_98_x(x) }
}

r13_98_x(x) if {
	x.missingRate <= 0.0694
	x.duplicateRate <= 0.0396
}

failed contains "r13_98" if not r13_98

r14_98 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1574
}

failed contains "r14_98" if not r14_98

r15_98 if {
	r15_98_any
}

r15_98_any if input.model.riskTier == "high"

r15_98_any if not r15_98_some

r15_98_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 108
}

failed contains "r15_98" if not r15_98

r16_98 if {
	every x in input.evaluation.fairness.groups { r16_98_x(x) }
}

r16_98_x(x) if {
	x.disparateImpact >= 0.8774
}

failed contains "r16_98" if not r16_98

r17_98 if {
	input.evaluations.count <= 103
}

failed contains "r17_98" if not r17_98

r18_98 if {
	input.now - input.evaluation.at <= 11059200000
}

failed contains "r18_98" if not r18_98

r19_98 if {
	r19_98_any
}

r19_98_any if {
	input.intent.environment != "production"
}

r19_98_any if {
	input.evaluation.f1 >= 0.8254
	input.evaluation.accuracy >= 0.8362
}

failed contains "r19_98" if not r19_98

r0_99 if {
	input.evaluation.auc >= 0.9069
}

failed contains "r0_99" if not r0_99

r1_99 if {
	input.evaluation.balancedAccuracy >= 0.8371
}

failed contains "r1_99" if not r1_99

r2_99 if {
	input.evaluation.fairness.disparateImpact >= 0.9089
	input.evaluation.fairness.disparateImpact <= 1.4183
}

failed contains "r2_99" if not r2_99

r3_99 if {
	input.evaluation.calibrationError <= 0.0893
}

failed contains "r3_99" if not r3_99

r4_99 if {
	input.evaluation.latencyP99Ms <= 377.0000
}

failed contains "r4_99" if not r4_99

r5_99 if {
	input.model.owner != "person:p99"
	input.model.intendedUse != ""
}

failed contains "r5_99" if not r5_99

r6_99 if {
	r6_99_any
}

r6_99_any if {
	input.model.riskTier != "prohibited"
}

r6_99_any if {
	input.intent.environment == "sandbox-99"
}

failed contains "r6_99" if not r6_99

r7_99 if {
	input.version.license in {"MIT", "Apache-2.0", "LicenseRef-99"}
}

failed contains "r7_99" if not r7_99

r8_99 if {
	startswith(input.version.artifactDigest, "sha256:")
	input.version.sourceCommit != "c99"
}

failed contains "r8_99" if not r8_99

r9_99 if {
	some d in input.version.documents
	d.kind == "risk-assessment"
	d.uri != "https://example.org/99"
}

failed contains "r9_99" if not r9_99

r10_99 if {
	every x in input.datasets { r10_99_x(x) }
}

r10_99_x(x) if {
	x.license != "proprietary-99"
}

failed contains "r10_99" if not r10_99

r11_99 if {
	every x in input.datasets { r11_99_x(x) }
}

r11_99_x(x) if {
	not x.personalData
}

r11_99_x(x) if {
	x.lawfulBasis != "basis-99"
}

failed contains "r11_99" if not r11_99

r12_99 if {
	every x in input.datasets { r12_99_x(x) }
}

r12_99_x(x) if {
	x.rows >= 2083
}

failed contains "r12_99" if not r12_99

r13_99 if {
	every x in input.datasets { r13_99_x(x) }
}

r13_99_x(x) if {
	x.missingRate <= 0.0697
	x.duplicateRate <= 0.0398
}

failed contains "r13_99" if not r13_99

r14_99 if {
	some d in input.datasets
	d.role == "holdout"
	d.rows >= 1587
}

failed contains "r14_99" if not r14_99

r15_99 if {
	r15_99_any
}

r15_99_any if input.model.riskTier == "high"

r15_99_any if not r15_99_some

r15_99_some if {
	some d in input.datasets
	"children" in d.categories
	d.columns > 109
}

failed contains "r15_99" if not r15_99

r16_99 if {
	every x in input.evaluation.fairness.groups { r16_99_x(x) }
}

r16_99_x(x) if {
	x.disparateImpact >= 0.8787
}

failed contains "r16_99" if not r16_99

r17_99 if {
	input.evaluations.count <= 104
}

failed contains "r17_99" if not r17_99

r18_99 if {
	input.now - input.evaluation.at <= 11145600000
}

failed contains "r18_99" if not r18_99

r19_99 if {
	r19_99_any
}

r19_99_any if {
	input.intent.environment != "production"
}

r19_99_any if {
	input.evaluation.f1 >= 0.8277
	input.evaluation.accuracy >= 0.8381
}

failed contains "r19_99" if not r19_99
