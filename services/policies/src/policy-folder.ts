import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative } from 'node:path'
import { canonicalJson, factsSchema } from '@muster/contracts'
import type { PolicyState } from '@muster/domain'
import type { EventStore, Logger } from '@muster/event-store'
import { digestOf, type Clock, type Sha256 } from '@muster/kernel'
import {
  CLOCK,
  Commands,
  EVENT_STORE,
  LOGGER,
  SETTINGS,
  SHA256,
  START_WORK,
  StartError,
  type Settings,
  type StartWork,
} from '@muster/nest-host'
import { errorAt, examinePolicyFiles, formatDiagnostic, type FileDiagnostic, type PolicyFile, type PolicySource } from '@muster/policy'
import { Inject, Injectable } from '@nestjs/common'
import { PolicyMessage } from './policy.handler.ts'
import { readCatalogue } from './policy.query.ts'
import { withoutSource } from './without-source.ts'

/*
 * At each start the folder is brought into the catalogue. The version follows the content, so the same text records nothing, however often
 * and on however many replicas it is loaded. Nothing is published before everything was found good.
 *
 * A file that is gone takes nothing away: only a person retires a policy, with a reason.
 */
@Injectable()
export class PolicyFolder {
  constructor(
    @Inject(Commands) private readonly commands: Commands,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SHA256) private readonly sha256: Sha256,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(START_WORK) startWork: StartWork,
  ) {
    startWork.add('policies', () => this.load())
  }

  private async load(): Promise<void> {
    const { dir } = this.settings.policies
    const catalogue = await readCatalogue(this.store)
    const { sources, errors, warnings, leftOut } = examinePolicyFiles(await filesOf(dir), factsSchema)
    const known = sources.map(source => ({ source, state: catalogue.get(source.document.id) }))
    const misplaced = known.filter(({ source, state }) => isOfOtherKind(source, state)).map(({ source }) => source)
    this.refuse(dir, [...errors, ...misplaced.map(wrongKind)], [...leftOut, ...misplaced.map(({ file }) => file)])
    for (const warning of warnings) this.logger.warn({}, formatDiagnostic(warning))

    const taken = sources.filter(source => !misplaced.includes(source))
    const published = await Promise.all(taken.map(source => this.publish(source)))
    const withoutFile = withoutSource(catalogue, taken)
    if (withoutFile.length > 0)
      this.logger.warn(
        { policies: withoutFile },
        `no good file in ${dir} has these policies any longer, and their last versions stay in force: ${withoutFile.join(', ')}. A person ends one: muster policies retire ${withoutFile[0]} --reason …`,
      )
    if (taken.length === 0) this.logger.warn({ dir }, `${dir} has no policies: where none is in force, every deployment is blocked`)
    const count = published.filter(Boolean).length
    this.logger.info(
      { dir, policies: taken.length, published: count },
      `${taken.length} policies are loaded, ${count} of them in a new version`,
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

  /** Whether that made a new version. */
  private async publish({ document }: PolicySource): Promise<boolean> {
    const digest = digestOf(this.sha256, canonicalJson(document))
    const start = randomUUID()
    const outcome = await this.commands.send(
      new PolicyMessage(
        document.id,
        { type: 'publish-policy', document, digest, at: this.clock(), reviewed: false },
        { cause: start, causedBy: 'request', correlation: start, actor: { kind: 'service', id: 'policies' } },
      ),
    )
    if (outcome.kind === 'rejected') throw new StartError(`policy "${document.id}" is not published: ${outcome.rejection}`)
    return outcome.kind === 'recorded'
  }
}

const isOfOtherKind = ({ document }: PolicySource, state: PolicyState | undefined): boolean =>
  state !== undefined && state.status !== 'none' && state.newest.document.kind !== document.kind

const wrongKind = (source: PolicySource): FileDiagnostic => {
  const { id, kind } = source.document
  return errorAt(source, `"${id}" was published as another kind than ${kind}, and a policy keeps its kind: give this one another id`)
}

/** YAML files at any depth, in the order of their names. What begins with a dot is not looked at, nor are the cases that try policies. */
async function filesOf(dir: string): Promise<PolicyFile[]> {
  try {
    const entries = await readdir(dir, { recursive: true, withFileTypes: true })
    const names = entries
      .filter(entry => !entry.isDirectory() && ['.yaml', '.yml'].includes(extname(entry.name)))
      .map(entry => relative(dir, join(entry.parentPath, entry.name)))
      .filter(name => !name.split(/[/\\]/).some(part => part.startsWith('.')) && !/\.cases\.ya?ml$/.test(name))
      .toSorted()
    return await Promise.all(names.map(async name => ({ name: join(dir, name), text: await readFile(join(dir, name), 'utf8') })))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartError(`the folder of policies cannot be read (${reason}): set MUSTER_POLICIES to one that can`, { cause: error })
  }
}
