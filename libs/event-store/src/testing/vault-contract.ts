import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { KeyVault } from '../personal/key-vault.ts'

/** What every vault must do. `open` gives another handle upon the same keys, as another process has it. */
export function keyVaultContract(name: string, open: () => Promise<KeyVault>): void {
  describe(`The ${name} vault of keys`, () => {
    const somebody = (): string => `p${randomUUID()}`
    const idOf = async (vault: KeyVault, person: string): Promise<string> => (await vault.current([person])).get(person)?.id ?? ''

    it('gives each person a key of their own, and the same one each time', async () => {
      const vault = await open()
      const [ana, ben] = [somebody(), somebody()]
      const first = await vault.current([ana, ben])
      expect(first.get(ana)?.bytes).toHaveLength(32)
      expect(first.get(ana)?.bytes).not.toEqual(first.get(ben)?.bytes)
      expect(await (await open()).current([ben, ana])).toEqual(first)
      expect(await vault.find([first.get(ana)?.id ?? ''])).toEqual(new Map([[first.get(ana)?.id, first.get(ana)]]))
      expect(await vault.keysOf(ana)).toEqual([first.get(ana)?.id])
    })

    it('makes one key for a person who writes at two processes at once', async () => {
      const vaults = await Promise.all([open(), open(), open(), open()])
      const person = somebody()
      const ids = await Promise.all(vaults.map(vault => idOf(vault, person)))
      expect(new Set(ids).size).toBe(1)
    })

    it('gives a key that was destroyed to nobody, and another one to write with', async () => {
      const [vault, other] = [await open(), await open()]
      const person = somebody()
      const id = await idOf(vault, person)
      await other.destroy(person, [id])
      await other.destroy(person, [id])
      expect(await vault.find([id])).toEqual(new Map([[id, 'destroyed']]))
      expect(await vault.keysOf(person)).toEqual([])
      expect(await idOf(vault, person)).not.toBe(id)
      expect(await vault.find([id])).toEqual(new Map([[id, 'destroyed']]))
    })

    it('knows of a key that it never had that it was destroyed, and of others nothing', async () => {
      const vault = await open()
      const [gone, unknown] = [randomUUID(), randomUUID()]
      await vault.destroy(somebody(), [gone])
      expect(await vault.find([gone, unknown])).toEqual(new Map([[gone, 'destroyed']]))
    })
  })
}
