import type { LogAppend } from '../../src/backend.ts';
import { reach, serverOf } from './reader.ts';
import { type Appended, append } from './server.ts';
import { adoptOwn } from './view.ts';
import { type Letter, type Model, OTHER_TAG, type Process, TAG } from './world.ts';

/** Invalidations on their way to the log: restates `src/outbox.ts`, `src/spool.ts`, `append` of `src/redis/backend.ts`. */

export type Reply = 'arrives' | 'lost';

/** Null: this process does not know whether it was recorded. */
export function appendHere(
  model: Model,
  process: Process,
  what: LogAppend,
  tags: readonly string[],
  reply: Reply,
  /** Of a write that is committed already. */
  version = 0,
): Appended | null {
  const server = serverOf(model, process.data);
  const appended = server && append(model, server, what, tags, version);
  if (appended === null || reply === 'lost') return null;
  const { epochField, record } = appended;
  if (record === null) return appended;
  // Catching up may fail and is left to the reader's own steps; finding another epoch is not.
  const follows =
    epochField === process.epochField && (process.data.verified || !model.rules['own-append-shows']);
  if (follows) adoptOwn(model, process, record);
  else reach(model, process, { epochField, head: record.position });
  return follows || !model.rules['own-append-shows'] ? appended : null;
}

export function send(model: Model, process: Process, letter: Letter, reply: Reply) {
  // A stale mark demands nothing before its deadline, which the record tells.
  if (letter.what.mode !== 'stale') {
    process.ownDue = Math.max(process.ownDue, letter.version);
    process.due = Math.max(process.due, letter.version);
  }
  if (appendHere(model, process, letter.what, [letter.tag], reply) !== null) {
    process.recent.push(letter);
    return;
  }
  spool(model, process, letter.tag);
  process.outbox.push(letter);
}

/** The database is written and then the tag invalidated, without a lease. */
export function changeAndInvalidate(model: Model, process: Process, what: Letter['what'], reply: Reply) {
  model.world.database += 1;
  send(model, process, { what, tag: TAG, version: model.world.database }, reply);
}

export function invalidateOther(model: Model, process: Process, reply: Reply) {
  send(model, process, { what: { mode: 'expire' }, tag: OTHER_TAG, version: 0 }, reply);
}

/** Sends the first kept letter; with the last one the spool is cleared. */
export function flush(model: Model, process: Process, reply: Reply) {
  const [letter] = process.outbox;
  if (letter === undefined) return;
  if (appendHere(model, process, letter.what, [letter.tag], reply) === null) return;
  process.recent.push(letter);
  process.outbox.shift();
  if (process.outbox.length === 0) clearSpool(model, process);
}

export function clearSpool(model: Model, process: Process) {
  if (process.write?.held && model.rules['spool-keeps-unmarked-writes']) return;
  const files = [fileOf(model, process), ...process.inherited];
  model.world.disk = model.world.disk.filter(({ file }) => !files.includes(file));
  process.inherited = [];
}

/** Takes over what processes that are gone left behind: their lines are invalidations. */
export function takeOver(model: Model, process: Process) {
  if (!model.rules['spool-replayed']) return;
  const own = model.world.processes.filter(({ alive }) => alive).map((each) => fileOf(model, each));
  const lines = model.world.disk.filter(({ file }) => !own.includes(file));
  process.inherited = [...new Set(lines.map(({ file }) => file))];
  process.outbox = lines.map(({ tag }) => ({ what: { mode: 'expire' }, tag, version: 0 }));
}

export function spool(model: Model, process: Process, tag: string) {
  const file = fileOf(model, process);
  const known = model.world.disk.some((line) => line.file === file && line.tag === tag);
  if (!known) model.world.disk.push({ file, tag });
}

const fileOf = ({ world }: Model, process: Process): string =>
  `${world.processes.indexOf(process)}.${process.lives}`;
