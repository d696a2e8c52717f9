/* Bounds on what an author may write. Within them all work here is linear in the text, or bounded by a constant. */

export const limits = {
  /** Characters of an expression. */
  expression: 4_000,
  /** Nodes of an expression. */
  nodes: 1_000,
  /** How deep an expression may nest; CEL asks for 32 of each construct at least. */
  depth: 36,
  /** How deep `all`, `exists`, `filter` and the like may nest in each other. */
  macros: 3,
  /** Steps that one evaluation of an expression may take at worst, by the caps of the lists that it walks. */
  cost: 100_000,
  /** Steps of all expressions of a document together, and their characters. */
  documentCost: 100_000,
  documentText: 40_000,
  /** Characters of a regular expression. */
  pattern: 200,
  /** Instructions that it may compile to, and what those of an expression may come to by their text. */
  program: 500,
  programs: 2_000,
  /** Characters of a text that is matched: together with the pattern they bound the work. */
  matched: 8_192,
  /** Characters of a text that is put together. */
  text: 65_536,
  /** Characters of a file, and tokens and nesting of its YAML. */
  file: 131_072,
  yamlTokens: 25_000,
  yamlDepth: 32,
} as const
