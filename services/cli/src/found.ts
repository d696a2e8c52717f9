import { Failure } from './failure.ts'

/** Undefined for what is not there yet, or not seen yet by those who answer. */
export async function found<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Failure && (error.problem?.status === 404 || error.problem?.status === 503)) return undefined
    throw error
  }
}
