import { parseSubject } from '@muster/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ciJob, intentIdOf, systems, type CiJob } from './ci.ts'

type Environment = Readonly<Record<string, string>>

/** A job of each system: what it says in its first attempt, what a retry changes, what a new run changes. */
const jobs: Readonly<Record<string, { first: Environment; retry: Environment; next: Environment; person: string }>> = {
  github: {
    first: {
      GITHUB_ACTIONS: 'true',
      GITHUB_REPOSITORY: 'acme/credit',
      GITHUB_RUN_ID: '1658821493',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_JOB: 'deploy',
      GITHUB_ACTOR: 'rita',
      GITHUB_TRIGGERING_ACTOR: 'rita',
    },
    retry: { GITHUB_RUN_ATTEMPT: '2', GITHUB_TRIGGERING_ACTOR: 'omar' },
    next: { GITHUB_RUN_ID: '1658821494' },
    person: 'rita',
  },
  gitlab: {
    first: {
      GITLAB_CI: 'true',
      CI_PROJECT_PATH: 'acme/credit',
      CI_PIPELINE_ID: '71',
      CI_JOB_NAME: 'deploy: [eu]',
      CI_JOB_ID: '900',
      GITLAB_USER_LOGIN: 'rita',
    },
    retry: { CI_JOB_ID: '901' },
    next: { CI_PIPELINE_ID: '72', CI_JOB_ID: '902' },
    person: 'rita',
  },
  jenkins: {
    first: {
      JENKINS_URL: 'https://ci.example.org/',
      JOB_NAME: 'credit/deploy',
      BUILD_NUMBER: '12',
      EXECUTOR_NUMBER: '0',
      BUILD_USER_ID: 'rita',
    },
    retry: { EXECUTOR_NUMBER: '3' },
    next: { BUILD_NUMBER: '13' },
    person: 'rita',
  },
  circleci: {
    first: {
      CIRCLECI: 'true',
      CIRCLE_PROJECT_USERNAME: 'acme',
      CIRCLE_PROJECT_REPONAME: 'credit',
      CIRCLE_WORKFLOW_WORKSPACE_ID: 'a1',
      CIRCLE_WORKFLOW_ID: 'a1',
      CIRCLE_BUILD_NUM: '5',
      CIRCLE_JOB: 'deploy',
      CIRCLE_USERNAME: 'rita',
    },
    retry: { CIRCLE_WORKFLOW_ID: 'a2', CIRCLE_BUILD_NUM: '6' },
    next: { CIRCLE_WORKFLOW_WORKSPACE_ID: 'b1', CIRCLE_WORKFLOW_ID: 'b1', CIRCLE_BUILD_NUM: '7' },
    person: 'rita',
  },
  azure: {
    first: {
      TF_BUILD: 'True',
      SYSTEM_COLLECTIONURI: 'https://dev.azure.com/acme/',
      SYSTEM_TEAMPROJECT: 'credit',
      BUILD_BUILDID: '41',
      SYSTEM_STAGENAME: 'production',
      SYSTEM_JOBNAME: 'deploy',
      SYSTEM_JOBID: 'j-1',
      SYSTEM_JOBATTEMPT: '1',
      BUILD_REQUESTEDFOREMAIL: 'rita@example.org',
    },
    retry: { SYSTEM_JOBID: 'j-2', SYSTEM_JOBATTEMPT: '2' },
    next: { BUILD_BUILDID: '42' },
    person: 'rita@example.org',
  },
  buildkite: {
    first: {
      BUILDKITE: 'true',
      BUILDKITE_ORGANIZATION_SLUG: 'acme',
      BUILDKITE_PIPELINE_SLUG: 'credit',
      BUILDKITE_BUILD_ID: 'b-1',
      BUILDKITE_STEP_KEY: 'deploy',
      BUILDKITE_JOB_ID: 'j-1',
      BUILDKITE_RETRY_COUNT: '0',
      BUILDKITE_BUILD_CREATOR_EMAIL: 'rita@example.org',
    },
    retry: { BUILDKITE_JOB_ID: 'j-2', BUILDKITE_RETRY_COUNT: '1' },
    next: { BUILDKITE_BUILD_ID: 'b-2' },
    person: 'rita@example.org',
  },
}

const question = { model: 'credit', version: '7', environment: 'production', endpoint: 'desk', requestedBy: 'rita' }
const jobIn = (env: Environment): CiJob => {
  const job = ciJob(env)
  if (job === undefined) throw new Error('no CI system was recognised')
  return job
}

describe('A job of a CI system', () => {
  it('is tried for every system that is known', () => expect(Object.keys(jobs)).toEqual(systems.map(({ name }) => name)))

  describe.each(Object.entries(jobs))('of %s', (name, { first, retry, next, person }) => {
    it('says who began it', () => expect(ciJob(first)).toMatchObject({ system: name, person }))

    it('asks the same question when it is retried', () =>
      expect(intentIdOf(jobIn({ ...first, ...retry }), question)).toBe(intentIdOf(jobIn(first), question)))

    it('asks another question in a new run', () =>
      expect(intentIdOf(jobIn({ ...first, ...next }), question)).not.toBe(intentIdOf(jobIn(first), question)))

    it('asks another question about another version, another place, or for another person', () => {
      const others = [{ version: '8' }, { environment: 'staging' }, { endpoint: 'counter' }, { model: 'fraud' }, { requestedBy: 'omar' }]
      const ids = [{}, ...others].map(other => intentIdOf(jobIn(first), { ...question, ...other }))
      expect(new Set(ids).size).toBe(ids.length)
    })
  })

  it('is nobody outside CI', () => {
    expect(ciJob({})).toBeUndefined()
    expect(ciJob({ GITHUB_ACTIONS: '' })).toBeUndefined()
    expect(ciJob({ GITHUB_ACTIONS: 'false' })).toBeUndefined()
  })

  it('has an id that an intent can have, whatever its names are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 6 }), job => {
        const id = intentIdOf({ system: 'github', job }, question)
        expect(id.length).toBeLessThanOrEqual(150)
        expect(parseSubject('intent', id).ok).toBe(true)
      }),
    )
  })
})
