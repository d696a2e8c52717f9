/** Bundles `entry` (relative to the repository) into one file, beside node_modules if no other is named, and returns its path. */
export function bundle(entry: string, file?: string, sourcemap?: 'inline' | true): Promise<string>

/** Bundles `entry` and imports it in this process. */
export function run(entry: string): Promise<void>
