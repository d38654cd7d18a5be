import { readFile } from 'node:fs/promises';
import { adopt } from '../guardian/guardian.ts';

/**
 * Has a daemon, which has left its parent and wrote its number into a file, killed when this process dies. Call the
 * result when it has ended.
 */
export async function adoptDaemon(pidFile: string): Promise<() => void> {
  return adopt(Number((await readFile(pidFile, 'utf8')).trim()));
}
