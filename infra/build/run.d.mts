/** Bundles `entry` (relative to the repository) into one file beside node_modules and returns its path. */
export function bundle(entry: string): Promise<string>

/** Bundles `entry` and imports it in this process. */
export function run(entry: string): Promise<void>
