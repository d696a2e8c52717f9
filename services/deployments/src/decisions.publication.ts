import { canonicalJson, type AnyEvent, type Context, type DecisionMessage, type Recorded } from '@muster/contracts'
import { toCloudEventMessage, type Message } from '@muster/bus'
import { decode } from '@muster/event-store'
import { PUBLICATIONS, type Publications } from '@muster/nest-host'
import { Inject, Injectable } from '@nestjs/common'

/** Every decision, on `muster.decisions`: what CD obeys. The message's id is that of the event, so that a repeat is recognised. */
@Injectable()
export class DecisionsPublication {
  constructor(@Inject(PUBLICATIONS) publications: Publications) {
    publications.add({
      name: 'decisions',
      filter: { categories: ['deployment'], except: ['deployment.checked'] },
      topic: 'muster.decisions',
      toMessages: batch => batch.flatMap(event => toMessage(decode(event))),
    })
  }
}

function toMessage(recorded: Recorded<AnyEvent>): Message[] {
  const decision = decisionOf(recorded)
  if (decision === undefined) return []
  const context: Context = {
    ...recorded.context,
    type: `dev.muster.decision.${decision.status}.v1`,
    dataschema: 'urn:muster:schema:decision.v1',
  }
  return [toCloudEventMessage(context, canonicalJson(decision), recorded)]
}

export function decisionOf({ event, context, position, recordedtime }: Recorded<AnyEvent>): DecisionMessage | undefined {
  const place = { deployment: decodeURIComponent(context.subject), position, decidedAt: recordedtime }
  switch (event.type) {
    case 'deployment.approval-required':
      return {
        ...place,
        status: 'approval-required',
        target: event.target,
        materialDigest: event.digest,
        approvalId: event.approvalId,
        reasons: [],
      }
    case 'deployment.cleared': {
      const { target, materialDigest, approvalId } = event
      return { ...place, status: 'cleared', target, materialDigest, reasons: [], ...(approvalId !== undefined && { approvalId }) }
    }
    case 'deployment.blocked':
      return { ...place, status: 'blocked', target: event.target, materialDigest: event.materialDigest, reasons: event.reasons }
    case 'deployment.refused': {
      const { target, materialDigest, approvalId, reasons } = event
      return { ...place, status: 'refused', target, materialDigest, approvalId, reasons }
    }
    case 'deployment.lapsed':
      return { ...place, status: 'lapsed', target: event.target, reasons: event.reasons }
    case 'deployment.revoked': {
      const { target, materialDigest, reasons, remediation } = event
      return { ...place, status: 'revoked', target, materialDigest, reasons, remediation }
    }
    default:
      return undefined
  }
}
