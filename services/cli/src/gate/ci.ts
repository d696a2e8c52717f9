import { createHash } from 'node:crypto'

/*
 * What a CI system says of the job that runs: who began it, and which job it is.
 *
 * The job is named by what stays the same when it is retried (a run and a job's name, never the number of the attempt), so that a retried
 * job asks the same question again and gets the present answer to it. A new run is a new question.
 */

type Environment = Readonly<Record<string, string | undefined>>

interface System {
  readonly name: string
  /** Set to something by this system and no other. */
  readonly mark: string
  /** Together they name the job over all its attempts. Those in brackets are alternatives: the first that is set. */
  readonly job: readonly (string | readonly string[])[]
  /** Who began it, the first that is set. */
  readonly person: readonly string[]
}

export const systems: readonly System[] = [
  {
    name: 'github',
    mark: 'GITHUB_ACTIONS',
    job: ['GITHUB_REPOSITORY', 'GITHUB_RUN_ID', 'GITHUB_JOB'],
    person: ['GITHUB_ACTOR'],
  },
  {
    name: 'gitlab',
    mark: 'GITLAB_CI',
    job: [['CI_PROJECT_PATH', 'CI_PROJECT_ID'], 'CI_PIPELINE_ID', 'CI_JOB_NAME'],
    person: ['GITLAB_USER_LOGIN', 'GITLAB_USER_EMAIL'],
  },
  {
    name: 'jenkins',
    mark: 'JENKINS_URL',
    job: ['JENKINS_URL', 'JOB_NAME', 'BUILD_NUMBER'],
    person: ['BUILD_USER_ID', 'BUILD_USER_EMAIL', 'CHANGE_AUTHOR'],
  },
  {
    name: 'circleci',
    mark: 'CIRCLECI',
    // A rerun is another workflow, and keeps the workspace.
    job: ['CIRCLE_PROJECT_USERNAME', 'CIRCLE_PROJECT_REPONAME', ['CIRCLE_WORKFLOW_WORKSPACE_ID', 'CIRCLE_WORKFLOW_ID'], 'CIRCLE_JOB'],
    person: ['CIRCLE_USERNAME'],
  },
  {
    name: 'azure',
    mark: 'TF_BUILD',
    job: [
      ['SYSTEM_COLLECTIONURI', 'SYSTEM_TEAMFOUNDATIONCOLLECTIONURI'],
      'SYSTEM_TEAMPROJECT',
      'BUILD_BUILDID',
      'SYSTEM_STAGENAME',
      'SYSTEM_JOBNAME',
    ],
    person: ['BUILD_REQUESTEDFOREMAIL', 'BUILD_REQUESTEDFOR'],
  },
  {
    name: 'buildkite',
    mark: 'BUILDKITE',
    job: [
      'BUILDKITE_ORGANIZATION_SLUG',
      'BUILDKITE_PIPELINE_SLUG',
      'BUILDKITE_BUILD_ID',
      ['BUILDKITE_STEP_KEY', 'BUILDKITE_STEP_ID', 'BUILDKITE_LABEL'],
    ],
    person: ['BUILDKITE_BUILD_CREATOR_EMAIL', 'BUILDKITE_BUILD_CREATOR'],
  },
]

export interface CiJob {
  readonly system: string
  readonly job: readonly string[]
  readonly person?: string
}

/** The job that this process runs in, or nothing outside CI. */
export function ciJob(env: Environment): CiJob | undefined {
  const system = systems.find(({ mark }) => isSet(env[mark]) && env[mark] !== 'false')
  if (system === undefined) return undefined
  const person = firstSet(env, system.person)
  return {
    system: system.name,
    job: system.job.map(name => firstSet(env, [name].flat()) ?? ''),
    ...(person !== undefined && { person }),
  }
}

/** What one job may ask more than once, each time about something else. */
export interface Question {
  readonly model: string
  readonly version: string
  readonly environment: string
  readonly endpoint: string
  readonly requestedBy?: string | undefined
}

/** Readable where it can be, and told apart by a digest: `github-acme-credit-1658821493-deploy-5e8b…`. */
export function intentIdOf({ system, job }: CiJob, { model, version, environment, endpoint, requestedBy = '' }: Question): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([system, ...job, model, version, environment, endpoint, requestedBy]))
    .digest('hex')
  const readable = [system, ...job.filter(part => !part.includes('://'))]
    .join('-')
    .replaceAll(/[^A-Za-z0-9._~]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return `${readable.slice(0, 100)}-${digest.slice(0, 16)}`
}

const isSet = (value: string | undefined): value is string => value !== undefined && value !== ''
const firstSet = (env: Environment, names: readonly string[]): string | undefined => names.map(name => env[name]).find(isSet)
