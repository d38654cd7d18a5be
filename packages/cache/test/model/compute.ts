import { judge } from '../../src/freshness.ts';
import type { Entry } from '../../src/types.ts';
import { dueOf, makeEntry, versionOf } from './invariants.ts';
import { keep } from './lookup.ts';
import { serverOf } from './reader.ts';
import { store } from './server.ts';
import { knowledgeOf, stampOf } from './view.ts';
import { type Model, type Process, TAG } from './world.ts';

/** Computing the value: restates `src/compute-once.ts`, `src/flights.ts` and `set` of `src/store.ts`. */

/** Reads the database at once: later it could only find something newer. */
export function beginComputing({ world }: Model, process: Process) {
  process.computation = {
    stamp: stampOf(process),
    beganMs: world.now,
    version: world.database,
    caller: null,
  };
}

/** Another caller of this process finds the computation under way and waits for it. */
export function joinComputation(model: Model, process: Process) {
  const { computation } = process;
  if (computation === null) return;
  const caller = { stamp: stampOf(process), due: dueOf(model, process) };
  process.computation = { ...computation, caller };
}

export function finishComputing(model: Model, process: Process, setRunsLate: boolean) {
  const { computation } = process;
  if (computation === null) return;
  const { beganMs, version, caller } = computation;
  process.computation = null;
  const stamp = model.rules['stamp-at-begin'] ? computation.stamp : stampOf(process);
  const entry = makeEntry(stamp, beganMs, [TAG], version);
  const verdict = judge(entry, [], knowledgeOf(model, process));
  if (verdict.usable) {
    keep(process, entry);
    const server = serverOf(model, process.data);
    if (setRunsLate && process.data.server !== null) {
      model.world.lateSets.push({ server: process.data.server, frame: entry });
    } else if (server !== null) store(model, server, entry);
  }
  if (caller === null) return;
  const stands = !model.rules['join-what-stands'] || standsHere(model, process, entry);
  const samePoint = stands && isSamePoint(computation.stamp, caller.stamp);
  const stillValid = stamp.epoch === caller.stamp.epoch && verdict.reason === 'fresh';
  if (!samePoint && !stillValid) return;
  if (versionOf(entry) < caller.due) {
    model.world.violation ??= `a caller that demands version ${caller.due} was given version ${version}`;
  }
}

/** Whether the epoch is the same still, be it unknown, and no tag was or is being touched. Its age does not matter. */
function standsHere(model: Model, process: Process, entry: Entry): boolean {
  const { epoch } = entry.stamp;
  if (epoch !== stampOf(process).epoch) return false;
  const { usable, reason } = judge(entry, [], { ...knowledgeOf(model, process), epoch });
  return usable || reason === 'expired-ttl';
}

const isSamePoint = (a: { epoch: string; position: bigint }, b: { epoch: string; position: bigint }) =>
  a.epoch === b.epoch && a.position === b.position;
