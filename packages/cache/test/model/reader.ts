import type { LogRecord } from '../../src/log-record.ts';
import type { Position } from '../../src/position.ts';
import type { Entry } from '../../src/types.ts';
import { dueOf, everythingDemandedBy } from './invariants.ts';
import { judgeFrame } from './lookup.ts';
import { effectiveEpoch, ensure } from './server.ts';
import { followRecords, withView } from './view.ts';
import {
  type Link,
  MAX_UNSYNCED,
  type Model,
  NEVER,
  type Process,
  type Reload,
  type Server,
} from './world.ts';

/** How a process follows the log: restates `src/redis/log-reader.ts` and `src/redis/follower.ts`. */

/** The server behind a connection; null: a command would fail. */
export function serverOf({ world }: Model, { server }: Link): Server | null {
  const found = server === null ? undefined : world.servers[server];
  return found?.up ? found : null;
}

export const isVerified = (process: Process): boolean =>
  process.statesLoaded && process.data.verified && process.log.verified;

export function isSynced({ world, rules }: Model, process: Process): boolean {
  const recent = world.now - process.syncedAt <= MAX_UNSYNCED;
  return isVerified(process) && (recent || !rules['proof-of-sync']);
}

function proveSync(process: Process, sentAt: number) {
  if (process.statesLoaded && sentAt > process.syncedAt) process.syncedAt = sentAt;
}

/** As `verifyOnce`. */
export function verify(model: Model, process: Process) {
  const server = serverOf(model, process.data);
  if (server === null || process.data.server !== process.log.server) return;
  if (server.epochField === '' || server.headKey?.epochField !== server.epochField) ensure(model, server);
  if (effectiveEpoch(server, model) !== process.view.epoch) adoptEpoch(model, process, server);
  else if (!process.statesLoaded) startReload(model, process, { verifying: true, sentAt: null });
  else process.data.verified = process.log.verified = true;
}

/** As `adopt` there and `onEpoch` in `src/engine.ts`: nothing known from before holds. */
function adoptEpoch(model: Model, process: Process, server: Server) {
  process.due = dueOf(model, process);
  process.statesLoaded = false;
  process.followed = process.data.server ?? 0;
  process.epochField = server.epochField;
  process.syncedAt = NEVER;
  withView(process, (view) => view.reset(effectiveEpoch(server, model), server.head, server.floor));
  process.l1 = null;
  if (model.rules['recent-replayed']) process.outbox.push(...process.recent);
  // From now on its invalidations count here too, be they recorded again or not.
  for (const { version, what } of process.recent) {
    if (what.mode === 'stale') continue;
    server.past.push({ position: null, tick: model.world.now, version, staleUntil: 0 });
  }
  process.recent = [];
  startReload(model, process, { verifying: true, sentAt: null });
}

type Waiting = Pick<Reload, 'verifying' | 'sentAt' | 'frame'>;

function startReload(model: Model, process: Process, { verifying, sentAt, frame }: Waiting) {
  const server = serverOf(model, process.data);
  process.due = dueOf(model, process);
  process.statesLoaded = false;
  if (server === null) return;
  const { head, floor } = server;
  const before = { epoch: effectiveEpoch(server, model), head, floor };
  const demanded = everythingDemandedBy(model, server);
  process.reload = { before, todo: ['tags', 'marks'], tokens: [], demanded, verifying, sentAt };
  if (frame !== undefined) process.reload = { ...process.reload, frame };
  if (model.settings.slowReload) return;
  scan(model, process, 'tags');
  scan(model, process, 'marks');
}

/** A part of `joinAllStates`; the order of the parts is Redis's. */
export function scan(model: Model, process: Process, part: 'tags' | 'marks') {
  const server = serverOf(model, process.data);
  const { reload } = process;
  if (server === null || reload === null) return;
  const marks = part === 'marks' && model.rules['marks-loaded'] ? server.marks : [];
  withView(process, (view) => {
    if (part === 'tags') for (const [tag, state] of Object.entries(server.tags)) view.tags.join(tag, state);
    for (const mark of marks) view.marks.begin(mark);
  });
  const tokens = [...reload.tokens, ...marks.map(({ token }) => token)];
  const todo = reload.todo.filter((each) => each !== part);
  process.reload = { ...reload, todo, tokens };
  if (todo.length === 0) finishReload(model, process, server, process.reload);
}

function finishReload(model: Model, process: Process, server: Server, reload: Reload) {
  const { before, tokens, verifying, sentAt, frame } = reload;
  const { rules } = model;
  process.reload = null;
  const { epoch } = process.view;
  const isSameEpoch = before.epoch === epoch && effectiveEpoch(server, model) === epoch;
  if (isSameEpoch) {
    withView(process, (view) => {
      view.tags.raiseFloor(before.floor);
      view.marks.keepOnly(new Set(tokens), before.head);
      view.resumeAt(rules['position-before-states'] ? before.head : server.head);
    });
    if (rules['log-read-after-states'] && !readUpTo(model, process, server)) {
      return startReload(model, process, reload);
    }
  }
  if (verifying) process.data.verified = process.log.verified = true;
  if (!isSameEpoch) return;
  process.statesLoaded = true;
  process.due = Math.max(process.due, reload.demanded);
  // Where nothing came between, the one that asked goes on by itself.
  if (!model.settings.slowReload) return;
  if (sentAt !== null) proveSync(process, sentAt);
  if (frame !== undefined && isVerified(process)) judgeFrame(model, process, frame);
}

/** As `follow` and `catchUp` there. Resolves to false when a reload was needed and is not over yet. */
function take(model: Model, process: Process, records: readonly LogRecord[], waiting: Waiting): boolean {
  if (followRecords(model, process, records)) return true;
  startReload(model, process, waiting);
  return process.statesLoaded;
}

const unread = (server: Server, { view }: Process): LogRecord[] =>
  server.log.filter((record) => record.position > view.cursor);

/** False when records up to the head are gone. */
const readUpTo = (model: Model, process: Process, server: Server): boolean =>
  followRecords(model, process, unread(server, process)) && process.view.cursor >= server.head;

function catchUp(model: Model, process: Process, head: Position, waiting: Waiting): boolean {
  const server = serverOf(model, process.data);
  if (server === null) return false;
  if (!take(model, process, unread(server, process), waiting)) return false;
  if (process.view.cursor >= head) return true;
  // The records up to the head are gone: only the states can tell.
  startReload(model, process, waiting);
  return process.statesLoaded;
}

/** As `readLog` and, when it is due, `beat` of the follower. */
export function readLog(model: Model, process: Process) {
  const server = serverOf(model, process.log);
  const { now } = model.world;
  if (server === null) return;
  const waiting = { verifying: false, sentAt: now };
  if (!take(model, process, unread(server, process), waiting)) return;
  proveSync(process, now);
  if (now === process.beatAt) return;
  process.beatAt = now;
  if (effectiveEpoch(server, model) !== process.view.epoch) process.log.verified = false;
  else if (process.view.cursor >= server.head || catchUp(model, process, server.head, waiting)) {
    proveSync(process, now);
  }
}

export type Reached = 'reached' | 'waiting' | 'out-of-reach';

/** As `reach`: compares a head that was just read with the cursor, and catches up. */
export function reach(
  model: Model,
  process: Process,
  head: Server['headKey'],
  frame?: Entry | null,
): Reached {
  if (head === null || head.epochField !== process.epochField) {
    process.data.verified = false;
    return 'out-of-reach';
  }
  if (!isVerified(process)) return 'out-of-reach';
  if (model.rules['head-compared'] && process.view.cursor < head.head) {
    const waiting = { verifying: false, sentAt: model.world.now, ...(frame === undefined ? {} : { frame }) };
    if (!catchUp(model, process, head.head, waiting)) return process.reload ? 'waiting' : 'out-of-reach';
  }
  proveSync(process, model.world.now);
  return 'reached';
}
