import { judge, type Verdict } from '../../src/freshness.ts';
import { isLater } from '../../src/l1.ts';
import type { Entry } from '../../src/types.ts';
import { checkServed } from './invariants.ts';
import { isSynced, reach, serverOf } from './reader.ts';
import { knowledgeOf } from './view.ts';
import type { Model, Process } from './world.ts';

/** A read of the value through both tiers: restates `get` of `src/store.ts` and `read` of `src/redis/backend.ts`. */
export function lookUp(model: Model, process: Process) {
  const local = process.l1;
  const verdict = local && judge(local, [], knowledgeOf(model, process));
  if (local && verdict) {
    if (verdict.usable && !verdict.stale && isSynced(model, process)) {
      return checkServed(model, process, local, verdict);
    }
    if (!verdict.usable && !OF_A_TAG.has(verdict.reason)) process.l1 = null;
  }
  const server = serverOf(model, process.data);
  const reached = server === null ? 'out-of-reach' : reach(model, process, server.headKey, server.entry);
  if (reached === 'waiting') return;
  if (reached === 'out-of-reach') return readFailed(model, process);
  judgeFrame(model, process, server?.entry ?? null);
}

/** Reasons that concern a tag, not the entry for ever. */
const OF_A_TAG: ReadonlySet<Verdict['reason']> = new Set(['expired-tag', 'being-written']);

function readFailed(model: Model, process: Process) {
  if (isSynced(model, process)) serveLocal(model, process);
}

function serveLocal(model: Model, process: Process) {
  if (process.l1 === null) return;
  const verdict = judge(process.l1, [], knowledgeOf(model, process));
  if (verdict.usable) checkServed(model, process, process.l1, verdict);
}

/** What was found in Redis, or a copy in memory that is later. */
export function judgeFrame(model: Model, process: Process, frame: Entry | null) {
  if (frame === null) return serveLocal(model, process);
  const best = process.l1 !== null && isLater(process.l1, frame) ? process.l1 : frame;
  const verdict = judge(best, [], knowledgeOf(model, process));
  if (!verdict.usable) return;
  if (best === frame) keep(process, frame);
  checkServed(model, process, best, verdict);
}

/** As `put` of `src/l1.ts`. */
export function keep(process: Process, entry: Entry) {
  if (process.l1 === null || !isLater(process.l1, entry)) process.l1 = entry;
}
