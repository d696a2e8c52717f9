/**
 * Version of the meaning of the language. It stands in every recorded check, for an auditor evaluates with the same one:
 * the meaning of a version is never edited, only added to.
 */
export const engineVersion = 1
