import { type FaultProxy, type RedisServer, sleep } from '@tbi/testing';
import { redisKeys } from '../../src/redis/keys.ts';
import { between, type Random } from '../fixtures/random.ts';
import type { CheckedRun } from './checked-run.ts';
import { hang } from './hang.ts';

export interface FaultsTarget {
  readonly server: RedisServer;
  readonly proxies: readonly FaultProxy[];
  readonly run: CheckedRun;
}

export interface Fault {
  readonly name: string;
  /** Resolves when the fault is over. */
  inject(target: FaultsTarget): Promise<void>;
}

/** The faults in an order that the seed determines, all of them before one comes again. */
export function* dealFaults(random: Random): Generator<Fault, never> {
  for (;;) {
    const deck = Object.entries(faults).map((fault) => ({ fault, order: random() }));
    for (const { fault } of deck.sort((a, b) => a.order - b.order)) {
      const [name, inject] = fault;
      const share = random();
      yield { name, inject: (target) => inject(target, share) };
    }
  }
}

const at = <T>(all: readonly T[], share: number): T => {
  const found = all[Math.floor(share * all.length)];
  if (found === undefined) throw new RangeError('nothing to choose from');
  return found;
};
const keys = redisKeys('checked:');

/** `share` (0 to 1) says how long, or which one. */
const faults: Record<string, (target: FaultsTarget, share: number) => Promise<void>> = {
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
    // One process knows nothing but what the older data say.
    const index = Math.floor(share * run.workers.length);
    await run.retireWorker(index);
    await server.kill('SIGKILL');
    run.noteLoss();
    await server.restart({ snapshot });
    await run.replaceWorker(index);
  },
  async flush({ server, run }) {
    run.noteLoss();
    await server.command('FLUSHALL');
  },
  async trimLog({ server, proxies }, share) {
    // Records that one process has not read yet are gone.
    const proxy = at(proxies, share);
    await proxy.inject({ down: { hold: true } });
    await sleep(between(() => share, 200, 600));
    await server.command('XTRIM', keys.log, 'MAXLEN', '0');
    await proxy.heal();
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
