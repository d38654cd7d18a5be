import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { threadId } from 'node:worker_threads';

/**
 * Names a process so that another one can tell whether it still lives, though its number may have been given to
 * somebody else since: `number-start-realm`. Letters, digits and `-`.
 */
export function ownIdentity(): string {
  return `${process.pid}-${startOf(process.pid)}-${realm()}`;
}

/** `unknown`: of another container, thread or machine, or from before a reboot. */
export function fateOf(identity: string): 'alive' | 'gone' | 'unknown' {
  const [, pid, start, itsRealm] = /^(\d+)-(\d+)-([0-9a-f]+)$/.exec(identity) ?? [];
  if (itsRealm !== realm()) return 'unknown';
  return isRunning(Number(pid)) && startOf(Number(pid)) === Number(start) ? 'alive' : 'gone';
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Object && 'code' in error && error.code === 'EPERM';
  }
}

/** In clock ticks since the machine started; 0 where there is no /proc. */
function startOf(pid: number): number {
  const stat = tryTo(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  // The second field is the program's name, which may contain anything; the 22nd is the start.
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 0);
}

/** Where a process number means one process. */
function realm(): string {
  const boot = tryTo(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1')) || hostname();
  const namespace = tryTo(() => readlinkSync('/proc/self/ns/pid'));
  return createHash('sha256').update(`${boot}|${namespace}|${threadId}`).digest('hex').slice(0, 12);
}

function tryTo(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
