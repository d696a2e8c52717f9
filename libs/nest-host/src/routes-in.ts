import { RequestMethod, type Type } from '@nestjs/common'
import { readsKey } from './routes.ts'

/* The routes of a list of modules, read off their decorators: nothing is started for it. */

/** What the modules' routes wait for by `@Reads`. */
export const namesRead = (modules: readonly Type[]): ReadonlySet<string> =>
  new Set(
    routesIn(modules).flatMap(({ handler, controller }) => read<string[]>(readsKey, handler) ?? read<string[]>(readsKey, controller) ?? []),
  )

export interface Route {
  readonly controller: Type
  readonly name: string
  readonly handler: object
  readonly method: string
  readonly path: string
}

/** Nest's own metadata, by the names that it gives them. */
export const read = <T>(key: string, of: object): T | undefined => Reflect.getMetadata(key, of) as T | undefined

/** Every route, of imported modules too, each controller once. */
export const routesIn = (modules: readonly Type[]): readonly Route[] => controllersOf(modules).flatMap(routesOf)

type Import = Type | { readonly module: Type; readonly imports?: readonly Import[]; readonly controllers?: readonly Type[] } | undefined

function controllersOf(modules: readonly Import[], seen = new Set<Type>()): Type[] {
  return modules.flatMap(entry => {
    if (entry === undefined || entry === null) return []
    const [module, more] = 'module' in entry ? [entry.module, entry] : [entry, undefined]
    if (seen.has(module)) return []
    seen.add(module)
    const imports = [...(read<Import[]>('imports', module) ?? []), ...(more?.imports ?? [])]
    return [...(read<Type[]>('controllers', module) ?? []), ...(more?.controllers ?? []), ...controllersOf(imports, seen)]
  })
}

function routesOf(controller: Type): Route[] {
  const prototype: Record<string, unknown> = controller.prototype
  const prefixes = [read<string | string[]>('path', controller) ?? ''].flat()
  return Object.getOwnPropertyNames(prototype).flatMap(name => {
    const handler = name === 'constructor' ? undefined : prototype[name]
    if (typeof handler !== 'function') return []
    const method = read<RequestMethod>('method', handler)
    if (method === undefined) return []
    const paths = [read<string | string[]>('path', handler) ?? ''].flat()
    return prefixes.flatMap(prefix =>
      paths.map(path => ({ controller, name, handler, method: RequestMethod[method].toLowerCase(), path: joined(prefix, path) })),
    )
  })
}

const joined = (...parts: string[]): string => `/${parts.flatMap(part => part.split('/').filter(piece => piece !== '')).join('/')}`
