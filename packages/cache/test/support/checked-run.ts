import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RedisSettings } from '@tbi/redis';
import { poll } from '@tbi/testing';
import { tagsOf } from '../fixtures/lanes.ts';
import type { TraceEvent } from '../fixtures/trace.ts';
import { checkTrace, type TraceReport } from './check-trace.ts';
import { startOrigin } from './origin.ts';
import { inSync, startWorker, type Worker } from './workers.ts';

export interface CheckedRunOptions {
  /** Of each process: their number is the number of processes. */
  readonly settings: readonly RedisSettings[];
  readonly seed: number;
  readonly keys?: number;
  readonly lanes?: number;
  readonly maxPauseMs?: number;
  readonly l1MaxBytes?: number;
}

export interface CheckedReport extends TraceReport {
  /** Keys whose current version a process did not come to serve. */
  readonly unconverged: readonly string[];
}

/** Processes that use one cache at random while the test breaks what it likes; then everything is checked. */
export interface CheckedRun {
  readonly workers: readonly Worker[];
  /** Redis was or is about to be emptied, set back or replaced. */
  noteLoss(): void;
  /** Lets a process finish what it does and ends it; `replaceWorker` puts another one in its place. */
  retireWorker(index: number): Promise<void>;
  /** Ends a process at once and puts another one in its place. */
  replaceWorker(index: number): Promise<void>;
  /** After all faults are healed: ends the actions, waits until all is recorded, checks. Stops the processes. */
  finish(): Promise<CheckedReport>;
  /** Stops the processes, whatever has happened. Safe to call twice. */
  stop(): Promise<void>;
}

const KEYS = 6;
const CONVERGENCE_MS = 20_000;

export async function startCheckedRun(options: CheckedRunOptions): Promise<CheckedRun> {
  const keys = Array.from({ length: options.keys ?? KEYS }, (_, index) => `key-${index}`);
  const folder = await mkdtemp(join(tmpdir(), 'tbi-checked-'));
  const origin = await startOrigin();
  const traceFiles: string[] = [];
  const losses: number[] = [];
  let lanesStarted = 0;

  async function start(index: number): Promise<Worker> {
    const settings = options.settings[index];
    if (settings === undefined) throw new RangeError(`no process ${index}`);
    const traceFile = join(folder, `trace-${index}-${traceFiles.length}.jsonl`);
    traceFiles.push(traceFile);
    return startWorker({
      settings,
      backend: { keyPrefix: 'checked:' },
      cache: {
        spoolFolder: join(folder, 'spool'),
        writeLeaseMs: 1_000,
        compute: { leaseMs: 1_000, maxWaitMs: 1_500 },
        ...(options.l1MaxBytes === undefined ? {} : { l1MaxBytes: options.l1MaxBytes }),
      },
      originUrl: origin.url,
      traceFile,
    });
  }

  function startLanes(worker: Worker) {
    lanesStarted += 1;
    const seed = options.seed * 100 + lanesStarted;
    return worker.startLanes({ seed, keys, lanes: options.lanes ?? 3, maxPauseMs: options.maxPauseMs ?? 25 });
  }

  const workers = await Promise.all(options.settings.map((_, index) => start(index)));
  await inSync(...workers);
  await Promise.all(workers.map(startLanes));

  async function readTrace(file: string): Promise<TraceEvent[]> {
    const text = await readFile(file, 'utf8');
    // Without the last piece: a line that a kill cut off.
    const lines = text.split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line));
  }

  async function replaceWorker(index: number) {
    const [worker, file] = [workers[index], traceFiles.findLast((name) => name.includes(`trace-${index}-`))];
    await worker?.kill('SIGKILL');
    const successor = await start(index);
    workers[index] = successor;
    const unfinished = unfinishedUpdates(file === undefined ? [] : await readTrace(file));
    await inSync(successor).catch(() => {});
    // Written without a lease by a process that died before it could tell: nobody can know. Somebody must say so.
    if (unfinished.length > 0) await successor.invalidate(unfinished);
    await startLanes(successor);
  }

  /** Every process comes to serve the current version of every key. */
  async function findUnconverged(): Promise<string[]> {
    const pairs = workers.flatMap((worker, index) => keys.map((key) => ({ worker, index, key })));
    const results = await Promise.all(
      pairs.map(async ({ worker, index, key }) => {
        const what = `the current version of ${key}`;
        const isCurrent = async () => (await worker.fetch(key)).value === origin.version(key);
        return poll(isCurrent, { what, timeoutMs: CONVERGENCE_MS, intervalMs: 100 }).then(
          () => null,
          () => `process ${index} does not serve version ${origin.version(key)} of ${key}`,
        );
      }),
    );
    return results.filter((result) => result !== null);
  }

  async function stop() {
    await Promise.all(workers.map((worker) => worker.kill('SIGKILL')));
    await origin.stop();
    await rm(folder, { recursive: true, force: true });
  }

  return {
    workers,
    noteLoss: () => losses.push(Date.now()),
    async retireWorker(index) {
      await workers[index]?.stopLanes();
      await workers[index]?.kill('SIGKILL');
    },
    replaceWorker,
    async finish() {
      await Promise.all(workers.map((worker) => worker.stopLanes()));
      const unconverged = await findUnconverged();
      const traces = await Promise.all(traceFiles.map(readTrace));
      const records = traces.flat().filter((event) => event.type === 'recorded');
      const facts = { versionAt: origin.versionAt, losses, tagsOf, keys, records };
      const reports = traces.map((events) => checkTrace(events, facts));
      await stop();
      return { ...reports.reduce(together), unconverged };
    },
    stop,
  };
}

function unfinishedUpdates(events: readonly TraceEvent[]): string[] {
  const told = new Set(events.flatMap((event) => (event.type === 'told' ? [event.id] : [])));
  return events.flatMap((event) => (event.type === 'updating' && !told.has(event.id) ? [event.key] : []));
}

const together = (a: TraceReport, b: TraceReport): TraceReport => ({
  reads: a.reads + b.reads,
  hits: a.hits + b.hits,
  applied: a.applied + b.applied,
  slowestMs: Math.max(a.slowestMs, b.slowestMs),
  violations: [...a.violations, ...b.violations],
});
