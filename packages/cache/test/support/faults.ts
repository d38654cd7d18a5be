import { type FaultProxy, type RedisServer, sleep } from '@tbi/testing';
import { redisKeys } from '../../src/redis/keys.ts';
import { between, pick, type Random } from '../fixtures/random.ts';
import type { CheckedRun } from './checked-run.ts';
import { hang } from './hang.ts';

export interface FaultsTarget {
  readonly server: RedisServer;
  readonly proxies: readonly FaultProxy[];
  readonly run: CheckedRun;
}

const WEIGHTS = {
  hang: 3,
  killConnections: 2,
  restartEmpty: 2,
  restartOlder: 2,
  flush: 1,
  trimLog: 1,
  evict: 2,
  reset: 2,
  slow: 2,
  cutReply: 2,
  killProcess: 2,
  stopProcess: 2,
};

export type FaultName = keyof typeof WEIGHTS;

/** What the seed's next fault is, and what it does. Each is healed when it resolves. */
export function nextFault(random: Random): { name: FaultName; inject(target: FaultsTarget): Promise<void> } {
  const name = pick(random, WEIGHTS);
  const share = random();
  return { name, inject: (target) => faults[name](target, share) };
}

const at = <T>(all: readonly T[], share: number): T => {
  const found = all[Math.floor(share * all.length)];
  if (found === undefined) throw new RangeError('nothing to choose from');
  return found;
};
const keys = redisKeys('checked:');

/** `share` (0 to 1) says how long, or which one. */
const faults: Record<FaultName, (target: FaultsTarget, share: number) => Promise<void>> = {
  async hang({ server }, share) {
    await hang(server);
    await sleep(between(() => share, 50, 1_500));
    await server.kill('SIGCONT');
  },
  async killConnections({ server }) {
    await server.command('CLIENT', 'KILL', 'TYPE', 'normal');
  },
  async restartEmpty({ server, run }, share) {
    await server.kill('SIGKILL');
    run.noteLoss();
    await sleep(share * 600);
    await server.restart();
  },
  async restartOlder({ server, run }, share) {
    const snapshot = await server.saveSnapshot();
    await sleep(between(() => share, 100, 800));
    await server.kill('SIGKILL');
    run.noteLoss();
    await server.restart({ snapshot });
  },
  async flush({ server, run }) {
    run.noteLoss();
    await server.command('FLUSHALL');
  },
  async trimLog({ server }) {
    await server.command('XTRIM', keys.log, 'MAXLEN', '0');
  },
  async evict({ server, run }, share) {
    const key = at([keys.meta, keys.log, keys.head, keys.notes], share);
    if (key === keys.meta) run.noteLoss();
    await server.command('DEL', key);
  },
  async reset({ proxies }, share) {
    at(proxies, share).resetConnections();
  },
  async slow({ proxies }, share) {
    const proxy = at(proxies, share);
    await proxy.inject({ up: { latencyMs: 50 }, down: { latencyMs: share > 0.7 ? 500 : 20 } });
    await sleep(700);
    await proxy.heal();
  },
  async cutReply({ proxies }, share) {
    const proxy = at(proxies, share);
    await proxy.inject({ down: { cutAfterBytes: Math.floor(between(() => share, 1, 2_000)) } });
    await sleep(300);
    await proxy.heal();
  },
  async killProcess({ run }, share) {
    await run.replaceWorker(Math.floor(share * run.workers.length));
  },
  async stopProcess({ run }, share) {
    const worker = at(run.workers, share);
    await worker.kill('SIGSTOP');
    await sleep(between(() => share, 100, 600));
    await worker.kill('SIGCONT');
  },
};
