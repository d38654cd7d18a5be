import {
  settingsOf as clientSettings,
  type ForkedNode,
  forkNode,
  poll,
  type RedisServer,
} from '@tbi/testing';
import type { methods } from '../fixtures/worker.ts';
import type { WorkerOptions } from '../fixtures/worker-options.ts';

type Methods = typeof methods;
type Result<Name extends keyof Methods> = Awaited<ReturnType<Methods[Name]>>;

/** A real process with a cache of its own. */
export type Worker = Pick<ForkedNode, 'pid' | 'kill' | 'exited' | 'output'> & {
  readonly [Name in keyof Methods]: (...args: Parameters<Methods[Name]>) => Promise<Result<Name>>;
};

const FILE = new URL('../fixtures/worker.ts', import.meta.url);

/** Starts a process; its cache may not be in sync yet. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const forked = await forkNode(FILE, { args: [JSON.stringify(options)] });
  return new Proxy(forked, {
    get(target, name) {
      // A worker is passed through promises, and must not look like one.
      if (typeof name === 'symbol' || name === 'then') return undefined;
      if (name in target) return target[name as keyof ForkedNode];
      return (...args: unknown[]) => target.call(name, ...args);
    },
  }) as unknown as Worker;
}

export async function inSync(...workers: readonly Worker[]): Promise<void> {
  await Promise.all(
    workers.map((worker) =>
      poll(() => worker.sync(), { what: 'a process to be in sync', timeoutMs: 15_000 }),
    ),
  );
}

/** Processes that the tests of a file share, each test with a key prefix of its own. */
export function createWorkers(defaults: () => Omit<WorkerOptions, 'backend'>) {
  let prefixes = 0;
  let keyPrefix = 'test-0:';
  const idle: Worker[] = [];
  const busy: Worker[] = [];

  async function open(options: Partial<WorkerOptions> = {}): Promise<Worker> {
    const worker = await openUnready(options);
    await inSync(worker);
    return worker;
  }

  async function openUnready(options: Partial<WorkerOptions> = {}): Promise<Worker> {
    const all = { ...defaults(), ...options, backend: { keyPrefix, ...options.backend } };
    const used = all.clockShiftMs === undefined && all.traceFile === undefined ? idle.pop() : undefined;
    if (used !== undefined) await used.reopen(all);
    const worker = used ?? (await startWorker(all));
    busy.push(worker);
    return worker;
  }

  return {
    open,
    openUnready,
    openMany: (count: number, options?: Partial<WorkerOptions>) =>
      Promise.all(Array.from({ length: count }, () => open(options))),
    get keyPrefix() {
      return keyPrefix;
    },
    /** After each test: what has survived it serves the next. */
    async release() {
      for (const worker of busy.splice(0)) {
        const alive = await worker.close().then(
          () => true,
          () => false,
        );
        if (alive) idle.push(worker);
      }
      prefixes += 1;
      keyPrefix = `test-${prefixes}:`;
    },
    async stopAll() {
      await Promise.all([...busy, ...idle].map((worker) => worker.kill('SIGKILL')));
    },
  };
}

export const settingsOf = (server: Pick<RedisServer, 'url'>, commandTimeoutMs = 500) => ({
  ...clientSettings(server),
  commandTimeoutMs,
});
