import { streamName, subjectOf } from '@muster/contracts'
import type { CommittedEvent } from '@muster/ledger'
import { describeScope, type Scope } from '../bundle/manifest.ts'

/** Whether a bundle about one thing has anything of it: one that says a model and is of another would answer nobody's question. */
export function isOfScope(scope: Scope): { see(event: CommittedEvent): void; end(): string | undefined } {
  const is = matcherOf(scope)
  let seen = is === undefined
  return {
    see: event => void (seen ||= is?.(event) === true),
    end: () => (seen ? undefined : `nothing here is about ${describeScope(scope)}`),
  }
}

function matcherOf(scope: Scope): ((event: CommittedEvent) => boolean) | undefined {
  switch (scope.kind) {
    case 'log':
    case 'range':
      return undefined
    case 'model': {
      const key = named(() => subjectOf('model', scope.model))
      return ({ context }) => context.partitionkey === key
    }
    case 'deployment': {
      const stream = named(() => streamName('deployment', scope.deployment))
      return event => event.stream === stream
    }
  }
}

/** A name that no stream can have names nothing. */
function named(name: () => string): string | undefined {
  try {
    return name()
  } catch (error) {
    if (error instanceof RangeError || error instanceof URIError) return undefined
    throw error
  }
}
