import { type FaultProxy, type RedisServer, sleep, startFaultProxy, startRedis } from '@tbi/testing';
import { between, seededRandom } from '../fixtures/random.ts';
import { type CheckedReport, startCheckedRun } from './checked-run.ts';
import { dealFaults, type FaultsTarget } from './faults.ts';
import { settingsOf } from './workers.ts';

export interface CheckerOptions {
  readonly seed: number;
  readonly durationMs: number;
  readonly processes: number;
}

/** The seed that replays a plan, or a new one. Printed, because a failure must be repeatable. */
export function chooseSeed(given: string | undefined): number {
  const seed = given === undefined ? Math.floor(Math.random() * 1_000_000) : Number(given);
  console.log(`checker: CACHE_CHECKER_SEED=${seed} replays these actions and faults`);
  return seed;
}

/** Random use of one cache by several processes, and random faults, for a while. */
export async function runChecker({
  seed,
  durationMs,
  processes,
}: CheckerOptions): Promise<CheckedReport & { readonly faults: readonly string[] }> {
  const server = await startRedis();
  // Half of the processes reach Redis through a network that can be broken.
  const proxies = await Promise.all(
    Array.from({ length: processes >> 1 }, () => startFaultProxy({ target: server.url })),
  );
  const settings = Array.from({ length: processes }, (_, index) => settingsOf(proxies[index] ?? server, 250));
  const run = await startCheckedRun({ settings, seed });
  try {
    const faults = await injectFaults(seed, durationMs, { server, proxies, run });
    return { ...(await run.finish()), faults };
  } finally {
    await run.stop();
    await release(server, proxies);
  }
}

async function injectFaults(seed: number, durationMs: number, target: FaultsTarget) {
  const random = seededRandom(seed);
  const injected: string[] = [];
  const endMs = performance.now() + durationMs;
  for (const fault of dealFaults(random)) {
    if (performance.now() >= endMs) break;
    injected.push(fault.name);
    await fault.inject(target);
    // Time to come back: what is only ever broken shows nothing.
    await sleep(between(random, 300, 1_500));
  }
  return injected;
}

async function release(server: RedisServer, proxies: readonly FaultProxy[]) {
  await Promise.all([server.stop(), ...proxies.map((proxy) => proxy.stop())]);
}
