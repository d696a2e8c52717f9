import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common'
import { ProblemError } from './problem.ts'

/** Holds bodies, parameters and queries to the schema that the route names, and answers with the place of each field that is wrong. */
@Injectable()
export class ValidationPipe implements PipeTransform {
  async transform(value: unknown, { schema, type, data }: ArgumentMetadata): Promise<unknown> {
    if (schema === undefined) return value
    const result = await schema['~standard'].validate(value)
    if (result.issues === undefined) return result.value
    const root = data === undefined ? [] : [data]
    const errors = result.issues.flatMap(issue =>
      fieldsOf(issue).map(path => ({ pointer: pointerOf([...root, ...path]), message: issue.message })),
    )
    throw new ProblemError(400, 'invalid', detailOf(type, errors), { title: `The ${nameOf(type)} is not valid`, errors })
  }
}

interface Issue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
  /** Of zod: the keys that a strict object does not know. */
  readonly keys?: readonly string[]
}

function fieldsOf({ path = [], keys = [] }: Issue): PropertyKey[][] {
  const place = path.map(segment => (typeof segment === 'object' ? segment.key : segment))
  return keys.length === 0 ? [place] : keys.map(key => [...place, key])
}

/** RFC 6901. */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map(key => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

const nameOf = (type: ArgumentMetadata['type']): string => (type === 'param' ? 'address' : type)

const detailOf = (type: ArgumentMetadata['type'], errors: readonly { pointer: string; message: string }[]): string =>
  errors.map(({ pointer, message }) => `${pointer === '' ? nameOf(type) : pointer}: ${message}`).join('; ')
