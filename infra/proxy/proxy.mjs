import { execFileSync } from 'node:child_process'

/** Why the proxy of `nginx.conf` cannot run on this machine; undefined when it can. */
export function proxyMissing() {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'ignore' })
    return undefined
  } catch {
    return 'nginx is not on this machine: apt-get install nginx-light'
  }
}
