import { sleep } from '../poll.ts';
import type { Launched } from './launch.ts';

export interface AwaitReadyOptions {
  /** For the error: "Redis", "the database server". */
  readonly title: string;
  readonly timeoutMs: number;
}

/** Waits until a server answers. Rejects with the end of its log when it exits first or time runs out. */
export async function awaitReady(
  launched: Launched,
  answers: () => Promise<boolean>,
  { title, timeoutMs }: AwaitReadyOptions,
): Promise<void> {
  let ended = false;
  void launched.exited.then(() => {
    ended = true;
  });
  const deadline = performance.now() + timeoutMs;
  while (!(await answers().catch(() => false))) {
    if (ended) throw new Error(`${title} ended while it started:\n${await launched.readLog()}`);
    if (performance.now() > deadline) {
      throw new Error(`${title} did not answer within ${timeoutMs} ms:\n${await launched.readLog()}`);
    }
    await Promise.race([sleep(15), launched.exited]);
  }
}
