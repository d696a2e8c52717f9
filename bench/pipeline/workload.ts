import { intent, modelEvidence, versionEvidence, type CloudEvent } from '../../services/all-in-one/test/evidence.ts'

/*
 * What is sent: the evidence of some models, and intents spread evenly over them. Of ten models seven are to be cleared, two are unfair and
 * to be blocked, and one separates weakly, so that a person is to be asked.
 */

export interface Sent {
  readonly key: string
  readonly headers: Readonly<Record<string, string>>
  readonly value: string
}

export interface Question {
  readonly id: string
  readonly message: Sent
  readonly expected: string
}

const weak = { balancedAccuracy: 0.62, disparateImpact: 0.93 }
const unfair = { balancedAccuracy: 0.71, disparateImpact: 0.51 }
const good = { balancedAccuracy: 0.71, disparateImpact: 0.93 }

const nameOf = (model: number): string => `model-${String(model).padStart(3, '0')}`
const kindOf = (model: number) => {
  if (model % 10 === 9) return { figures: weak, expected: 'approval-required' }
  return model % 10 >= 7 ? { figures: unfair, expected: 'blocked' } : { figures: good, expected: 'cleared' }
}

export const evidenceOf = (models: number): Sent[] =>
  Array.from({ length: models }, (_, model) => {
    const name = nameOf(model)
    return [...modelEvidence(name), ...versionEvidence(name, '1', kindOf(model).figures)].map(event => toMessage(name, event))
  }).flat()

/** Ids begin with the prefix, and differ within it. */
export const questions = (prefix: string, count: number, models: number): Question[] =>
  Array.from({ length: count }, (_, n) => {
    const model = n % models
    const id = `${prefix}-${n}`
    return { id, message: toMessage(nameOf(model), intent(id, nameOf(model), '1')), expected: kindOf(model).expected }
  })

/** CloudEvents over Kafka, binary mode. The key is the model for all that concerns it, so that its evidence comes before its intents. */
function toMessage(key: string, { data, datacontenttype, ...attributes }: CloudEvent): Sent {
  const named = Object.entries(attributes).map(([name, value]): [string, string] => [`ce_${name}`, value])
  return { key, headers: { ...Object.fromEntries(named), 'content-type': datacontenttype }, value: JSON.stringify(data) }
}
