import { streamName } from '@muster/contracts'
import { EventNotSealable } from '@muster/event-store'
import { BadRequestException, NotFoundException } from '@nestjs/common'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { answer } from './answer.ts'
import type { Reply } from './http.ts'
import { waitOf } from './prefer.ts'
import { problemOf } from './problem.filter.ts'
import { ProblemError } from './problem.ts'
import { ValidationPipe } from './validation.pipe.ts'

describe('A problem', () => {
  it('says what the route said', () =>
    expect(problemOf(new ProblemError(409, 'already-signed', 'ana signed it'))).toEqual({
      type: 'urn:muster:problem:already-signed',
      title: 'Already signed',
      status: 409,
      detail: 'ana signed it',
    }))

  it('is made of what Nest and the server throw', () => {
    expect(problemOf(new NotFoundException('Cannot GET /x'))).toMatchObject({
      status: 404,
      type: 'urn:muster:problem:not-found',
      title: 'Not Found',
    })
    expect(problemOf(new BadRequestException('no'))).toMatchObject({ status: 400, detail: 'no' })
    expect(problemOf(Object.assign(new Error('Body is too large'), { statusCode: 413 }))).toMatchObject({
      status: 413,
      type: 'urn:muster:problem:too-large',
    })
  })

  it('says nothing about our inside', () =>
    expect(JSON.stringify(problemOf(new Error('relation secret does not exist')))).not.toContain('secret'))

  it('says what cannot be recorded, and why', () =>
    expect(
      problemOf(
        new EventNotSealable(streamName('model', 'fraud'), 'model.registered', '/labels/__proto__: the key __proto__ is not taken'),
      ),
    ).toEqual({
      type: 'urn:muster:problem:not-recordable',
      title: 'Not recordable',
      status: 422,
      detail: 'model.registered for stream model-fraud cannot be recorded: /labels/__proto__: the key __proto__ is not taken',
    }))

  it('asks to try again when the database is away', () => {
    expect(problemOf(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })).status).toBe(503)
    expect(problemOf(Object.assign(new Error('terminating'), { code: '57P01' })).status).toBe(503)
    expect(problemOf(new Error('Connection terminated unexpectedly')).status).toBe(503)
    expect(problemOf(Object.assign(new Error('duplicate key'), { code: '23505' })).status).toBe(500)
  })
})

describe('What is not valid', () => {
  const pipe = new ValidationPipe()
  const schema = z.strictObject({ roles: z.array(z.string().min(2)), 'a/b': z.number().optional() })
  const refusal = async (value: unknown, data?: string) => {
    try {
      await pipe.transform(value, { type: 'body', schema, ...(data !== undefined && { data }) })
    } catch (error) {
      if (error instanceof ProblemError) return error.problem
      throw error
    }
    return undefined
  }

  it('is named by its place, each field by itself', async () =>
    expect(
      (await refusal({ roles: ['ok', 'x'], 'a/b': 'y', other: 1, more: 2 }))?.errors?.map(({ pointer }) => pointer).toSorted(),
    ).toEqual(['/a~1b', '/more', '/other', '/roles/1']))

  it('is the whole body when it is no object', async () => expect((await refusal('text'))?.errors).toMatchObject([{ pointer: '' }]))

  it('passes what the schema made of it', async () => {
    await expect(pipe.transform({ roles: ['risk'] }, { type: 'body', schema })).resolves.toEqual({ roles: ['risk'] })
    await expect(pipe.transform(7, { type: 'custom' })).resolves.toBe(7)
  })
})

describe('An answer', () => {
  const headers: Record<string, string> = {}
  const reply = { header: (name: string, value: string) => (headers[name] = value) } as unknown as Reply
  const refusals = { 'not-found': [404, 'there is none'], 'did-the-work': [403, 'you did the work'] } as const

  it('says where in the log it stands', () => {
    expect(answer(reply, { kind: 'unchanged', position: 7 }, refusals)).toBe(7)
    expect(headers).toEqual({ 'Muster-Position': '7' })
  })

  it('of a denial says it too, and refuses', () => {
    const denied = { kind: 'recorded', position: 8, denied: 'did-the-work', events: [] } as never
    expect(() => answer(reply, denied, refusals)).toThrow('you did the work')
    expect(headers).toEqual({ 'Muster-Position': '8' })
  })

  it('of a rejection is its status', () => {
    expect(() => answer(reply, { kind: 'rejected', rejection: 'not-found' }, refusals)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ status: 404 }) }),
    )
  })
})

describe('Prefer', () => {
  it('says how long to wait, at most a minute', () => {
    expect(waitOf('wait=10')).toBe(10)
    expect(waitOf('respond-async, wait=5; strict')).toBe(5)
    expect(waitOf('Wait = "7"')).toBe(7)
    expect(waitOf(['return=minimal', 'wait=600'])).toBe(60)
  })

  it('says nothing that way otherwise', () => {
    for (const prefer of [undefined, '', 'wait', 'wait=-1', 'await=3', 'wait=1e3']) expect(waitOf(prefer)).toBe(0)
  })
})
