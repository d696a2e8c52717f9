import { randomUUID } from 'node:crypto'
import { factsSchema } from '@muster/contracts'
import type { PolicyCommand, PolicyRejection, PolicyState } from '@muster/domain'
import type { EventStore, Logger, Outcome } from '@muster/event-store'
import type { Clock, Sha256 } from '@muster/kernel'
import {
  CLOCK,
  Commands,
  DEMO,
  EVENT_STORE,
  LOGGER,
  SETTINGS,
  SHA256,
  START_WORK,
  StartError,
  type Settings,
  type StartWork,
} from '@muster/nest-host'
import { casesFor, errorAt, examinePolicyFiles, formatDiagnostic, type FileDiagnostic, type PolicySource } from '@muster/policy'
import { Inject, Injectable } from '@nestjs/common'
import { PolicyMessage } from '../policy.handler.ts'
import { readCatalogue } from '../policy.query.ts'
import { documentDigest } from '../submission.ts'
import { readFolder } from './files.ts'
import { Proposals, type Proposal } from './proposals.ts'
import { withoutSource } from './without-source.ts'

/*
 * At each start the folder is brought into the catalogue. Under demo tokens, where nobody is who they say, a changed file is published, and
 * its record says that nobody reviewed it. Anywhere else it is proposed like any other change: drafted, and submitted to its reviewers.
 *
 * The version follows the content, so the same text records nothing, however often and on however many replicas it is loaded. Nothing is
 * recorded before everything was found good. A file that is gone takes nothing away: only a person retires a policy, with a reason.
 */
@Injectable()
export class PolicyFolder {
  constructor(
    @Inject(Commands) private readonly commands: Commands,
    @Inject(Proposals) private readonly proposals: Proposals,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SHA256) private readonly sha256: Sha256,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(DEMO) private readonly demo: boolean,
    @Inject(START_WORK) startWork: StartWork,
  ) {
    startWork.add('policies', () => this.load())
  }

  private async load(): Promise<void> {
    const { dir } = this.settings.policies
    const catalogue = await readCatalogue(this.store)
    const { policies, cases } = await readFolder(dir)
    const { sources, errors, warnings, leftOut } = examinePolicyFiles(policies, factsSchema)
    const misplaced = sources.filter(source => isOfOtherKind(source, catalogue.get(source.document.id)))
    this.refuse(dir, [...errors, ...misplaced.map(wrongKind)], [...leftOut, ...misplaced.map(({ file }) => file)])
    for (const warning of warnings) this.logger.warn({}, formatDiagnostic(warning))

    const taken = sources.filter(source => !misplaced.includes(source))
    const withoutFile = withoutSource(catalogue, taken)
    if (withoutFile.length > 0)
      this.logger.warn(
        { policies: withoutFile },
        `no good file in ${dir} has these policies any longer, and their last versions stay in force: ${withoutFile.join(', ')}. A person ends one: muster policies retire ${withoutFile[0]} --reason …`,
      )
    if (taken.length === 0) this.logger.warn({ dir }, `${dir} has no policies: where none is in force, every deployment is blocked`)
    if (this.demo) return this.publish(dir, taken)

    for (const problem of cases.problems) this.logger.warn({}, `cases that cannot be read: ${problem}`)
    const changed = taken.map(({ document }): Proposal => ({
      document,
      digest: documentDigest(this.sha256, document),
      cases: casesFor(document.id, cases),
    }))
    await this.proposals.propose(
      dir,
      changed.filter(({ document, digest }) => isNews(digest, catalogue.get(document.id))),
      taken.length,
    )
  }

  /** @throws StartError for any error, unless the settings say to go on without what is wrong. */
  private refuse(dir: string, errors: readonly FileDiagnostic[], leftOut: readonly string[]): void {
    if (errors.length === 0) return
    const lines = errors.map(error => `  ${formatDiagnostic(error)}`).join('\n')
    if (!this.settings.policies.keepGoing)
      throw new StartError(`the policies in ${dir} are not good; mend them, or leave them out by npm start -- --keep-going:\n${lines}`)
    this.logger.warn({ leftOut }, `left out, for something in them is wrong: ${[...new Set(leftOut)].join(', ')}\n${lines}`)
  }

  private async publish(dir: string, sources: readonly PolicySource[]): Promise<void> {
    const outcomes = await Promise.all(
      sources.map(({ document }) =>
        this.send(document.id, {
          type: 'publish-policy',
          document,
          digest: documentDigest(this.sha256, document),
          at: this.clock(),
        }),
      ),
    )
    const count = outcomes.filter(({ kind }) => kind === 'recorded').length
    const unreviewed = count === 0 ? '' : ', published without a review, as demo tokens are in force'
    this.logger.info(
      { dir, policies: sources.length, published: count },
      `${sources.length} policies are loaded, ${count} of them in a new version${unreviewed}`,
    )
  }

  private async send(id: string, command: PolicyCommand): Promise<Outcome<PolicyRejection>> {
    const start = randomUUID()
    const origin = { cause: start, causedBy: 'request', correlation: start, actor: { kind: 'service', id: 'policies' } } as const
    const outcome = await this.commands.send(new PolicyMessage(id, command, origin))
    if (outcome.kind === 'rejected') throw new StartError(`policy "${id}" is not published: ${outcome.rejection}`)
    return outcome
  }
}

/** Whether a file says what is neither published nor given up. What was retired stays so until its text changes. */
function isNews(digest: string, state: PolicyState | undefined): boolean {
  return state === undefined || (state.newest?.digest !== digest && state.discarded !== digest)
}

const isOfOtherKind = ({ document }: PolicySource, state: PolicyState | undefined): boolean =>
  state?.newest !== undefined && state.newest.document.kind !== document.kind

const wrongKind = (source: PolicySource): FileDiagnostic => {
  const { id, kind } = source.document
  return errorAt(source, `"${id}" was published as another kind than ${kind}, and a policy keeps its kind: give this one another id`)
}
