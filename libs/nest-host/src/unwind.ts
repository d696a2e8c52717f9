import type { Logger } from 'pino'

const longestStep = 15_000

/** Undoes what was done, the last first. Nothing keeps the rest from being closed, neither by an error nor by hanging. */
export async function unwind(undo: (() => Promise<void>)[], logger: Logger): Promise<void> {
  for (let step = undo.pop(); step !== undefined; step = undo.pop()) {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`it took longer than ${longestStep / 1_000} s`)), longestStep)
    })
    try {
      await Promise.race([step(), late])
    } catch (error) {
      logger.error({ err: error }, 'a part did not close')
    } finally {
      clearTimeout(timer)
    }
  }
}
