import { judge } from '../../src/freshness.ts';
import { checkServed, dueOf, makeEntry, versionOf } from './invariants.ts';
import { keep } from './lookup.ts';
import { serverOf } from './reader.ts';
import { store } from './server.ts';
import { knowledgeOf, stampOf } from './view.ts';
import { type Model, type Process, TAG } from './world.ts';

/** Computing the value: restates `src/compute-once.ts`, `src/flights.ts` and `set` of `src/store.ts`. */

export function beginComputing({ world }: Model, process: Process) {
  process.computation = {
    stamp: stampOf(process),
    beganMs: world.now,
    version: null,
    overtaken: false,
    caller: null,
  };
}

export function readDatabase({ world }: Model, process: Process) {
  if (process.computation !== null) process.computation = { ...process.computation, version: world.database };
}

/** Another caller of this process finds the computation under way and waits for it. */
export function joinComputation(model: Model, process: Process) {
  const { computation } = process;
  if (computation === null) return;
  const { overtaken } = computation;
  const caller = { stamp: stampOf(process), overtaken, due: dueOf(model, process) };
  process.computation = { ...computation, caller };
}

/** An own invalidation parts those who ask after it from what began before it. */
export function overtake(process: Process) {
  if (process.computation !== null) process.computation = { ...process.computation, overtaken: true };
}

export function finishComputing(model: Model, process: Process, setRunsLate: boolean) {
  const { computation } = process;
  if (computation?.version == null) return;
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
  const parted = model.rules['join-parts-at-own-invalidation'] && caller.overtaken;
  const samePoint = !parted && isSamePoint(computation.stamp, caller.stamp);
  const stillValid = stamp.epoch === caller.stamp.epoch && verdict.reason === 'fresh';
  if (!samePoint && !stillValid) return;
  if (stillValid) checkServed(model, process, entry, verdict);
  if (versionOf(entry) < caller.due) {
    model.world.violation ??= `a caller that demands version ${caller.due} was given version ${version}`;
  }
}

const isSamePoint = (a: { epoch: string; position: bigint }, b: { epoch: string; position: bigint }) =>
  a.epoch === b.epoch && a.position === b.position;
