export function proxyMissing(): string | undefined
