import { openSql } from '@muster/projections'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { agreeToPolicies } from '../../../infra/test/agree.ts'
import { freshDatabase } from '../../../infra/test/database.ts'
import { acceptance } from './acceptance.ts'
import { identityFile } from './identity.ts'
import { remainsSound } from './memory.ts'
import { fsckFromOutside } from './outside.ts'
import { startMuster, type MusterProcess } from './muster.process.ts'

let muster: MusterProcess | undefined
let database: Awaited<ReturnType<typeof freshDatabase>> | undefined

afterAll(async () => {
  await muster?.stop()
  await database?.drop()
})

acceptance('every service in one process', async () => {
  database = await freshDatabase(inject('databaseUrl'))
  muster = await startMuster({
    env: { MUSTER_DATABASE_URL: database.url, MUSTER_HTTP_PORT: '0', MUSTER_IDENTITY_FILE: identityFile() },
  })
  await agreeToPolicies(muster.url)
  return muster
})

remainsSound(() => ({ url: database?.url ?? '' }))

describe('muster fsck', () => {
  it('finds it whole from outside, and then the one row that somebody changed', async () => {
    const door = muster?.url ?? ''
    expect(await fsckFromOutside(door)).toMatchObject({ code: 0, verdict: 'whole', unchecked: [], findings: [] })
    const sql = await openSql(database?.url ?? '', { logger: { debug() {}, info() {}, warn() {}, error() {} }, connections: 1 })
    const [row] = await sql.query<{ id: string }>(
      `UPDATE deployment_list_v1.deployments SET status = 'cleared' WHERE id = (SELECT id FROM deployment_list_v1.deployments WHERE status = 'blocked' LIMIT 1) RETURNING id`,
    )
    await sql.close()
    const { code, findings } = await fsckFromOutside(door)
    expect(code).toBe(1)
    expect(findings.map(({ message }) => message)).toEqual([
      `GET /v1/deployments: ${row?.id} is shown otherwise than the log says: status is "cleared" and should be "blocked"`,
    ])
  })
})
