import { type LogAppend, msOf } from '../../src/backend.ts';
import { effectOf, type LogRecord } from '../../src/log-record.ts';
import { type Position, ZERO } from '../../src/position.ts';
import { markStale, type TagState, UNTOUCHED } from '../../src/tag-states.ts';
import type { Entry } from '../../src/types.ts';
import type { WriteMark } from '../../src/write-marks.ts';
import { type Model, type Server, TAG } from './world.ts';

/** What Redis does: restates `src/redis/scripts.ts`. */

export interface Appended {
  readonly epochField: string;
  readonly head: Position;
  readonly record: LogRecord | null;
  readonly deadlineMs: number;
}

export function effectiveEpoch(server: Server, { rules }: Model): string {
  return rules['run-id-in-epoch'] ? `${server.epochField}|${server.runId}` : server.epochField;
}

/** As `APPEND` in mode `ensure`. */
export function ensure(model: Model, server: Server) {
  makeEpoch(model, server);
  server.headKey = { epochField: server.epochField, head: server.head };
}

function makeEpoch({ world, rules }: Model, server: Server) {
  if (server.epochField !== '') return;
  world.names += 1;
  server.epochField = rules['random-epoch'] ? `e${world.names}` : 'e0';
  Object.assign(server, { head: ZERO, floor: ZERO, tags: {}, marks: [], log: [] });
}

/**
 * As `APPEND` in the modes that append. Ids are the least allowed ones, as if the clock stood still.
 * What is stamped from the record on was read after it, so it demands the version that is committed now. `version`:
 * what a `begin` demands.
 */
export function append(
  model: Model,
  server: Server,
  what: LogAppend,
  tags: readonly string[],
  version: number,
): Appended {
  const { world } = model;
  makeEpoch(model, server);
  const { epochField, head: previous } = server;
  const token = 'token' in what ? what.token : undefined;
  const mark = server.marks.find((each) => each.token === token);
  const overdue = mark !== undefined && mark.deadlineMs <= world.now;
  if (what.mode === 'reap' && !overdue) {
    return { epochField, head: previous, record: null, deadlineMs: mark?.deadlineMs ?? 0 };
  }
  const position = previous + 1n;
  const affected = what.mode === 'reap' ? (mark?.tags ?? []) : tags;
  const deadlineMs = world.now + msOf(what);
  const nextStale = (tag: string) => staleState(model, server.tags[tag] ?? UNTOUCHED, position, msOf(what));
  const mode = what.mode === 'reap' && !model.rules['reap-expires'] ? 'abort' : what.mode;
  const effect = effectOf({ mode, token }, position, affected, nextStale, deadlineMs);

  if (effect.ends !== undefined) {
    server.marks = withoutMark(model, server.marks, effect.ends);
    // A write that goes on although its mark is over sets another one.
    server.past = server.past.filter((past) => past.token !== effect.ends || past.version > 0);
  }
  if (effect.begins !== undefined) server.marks = [...withoutMark(model, server.marks, token), effect.begins];
  for (const [tag, state] of effect.tags) server.tags[tag] = state;
  const dropped = dropStates(server, model.settings.maxTagStates ?? 9);
  const record = { position, previous, ...effect };
  server.log.push({ ...record, floor: dropped ? server.floor : ZERO });
  server.head = position;
  server.headKey = { epochField, head: position };
  const demanded = what.mode !== 'begin' && affected.includes(TAG) ? world.database : version;
  // What was lost and is recorded again has to reach the others from now on.
  if (what.mode !== 'begin' && what.mode !== 'stale') {
    server.past = server.past.filter((past) => past.position !== null || past.version > demanded);
  }
  if (demanded > 0 || what.mode === 'begin') {
    server.past.push({
      position,
      tick: world.now,
      version: demanded,
      staleUntil: what.mode === 'stale' ? deadlineMs : 0,
      ...(what.mode === 'begin' ? { token: what.token } : {}),
    });
  }
  return { epochField, head: position, record: { ...record, floor: server.floor }, deadlineMs };
}

function staleState({ world, rules }: Model, known: TagState, position: Position, ms: number): TagState {
  const next = markStale(known, position, world.now, ms);
  return rules['expire-survives-stale'] ? next : { ...next, expirePos: ZERO };
}

/** The marks that stand when this write is over. */
function withoutMark({ rules }: Model, marks: WriteMark[], token: string | undefined): WriteMark[] {
  const ended = marks.find((mark) => mark.token === token);
  const shares = (mark: WriteMark) => mark.tags.some((tag) => ended?.tags.includes(tag));
  return marks.filter((mark) => mark.token !== token && (rules['marks-per-writer'] || !shares(mark)));
}

/** Over the limit the older half goes, and the floor rises over it. */
function dropStates(server: Server, maxStates: number): boolean {
  const latest = ({ expirePos, stalePos }: TagState) => (stalePos > expirePos ? stalePos : expirePos);
  const states = Object.entries(server.tags).map(([tag, state]) => ({ tag, last: latest(state) }));
  if (states.length + server.marks.length <= maxStates) return false;
  states.sort((a, b) => (a.last < b.last ? -1 : 1));
  for (const { tag, last } of states.slice(0, Math.ceil(states.length / 2))) {
    delete server.tags[tag];
    if (last > server.floor) server.floor = last;
  }
  return true;
}

/** As `APPEND` in mode `renew`: the new deadline, 0 when the mark is gone. */
export function renew({ world }: Model, server: Server, token: string, leaseMs: number): number {
  const mark = server.marks.find((each) => each.token === token);
  if (mark === undefined) return 0;
  const deadlineMs = world.now + leaseMs;
  server.marks = server.marks.map((each) => (each === mark ? { ...mark, deadlineMs } : each));
  return deadlineMs;
}

/** As `STORE`. */
export function store({ world, rules }: Model, server: Server, frame: Entry) {
  const old = server.entry;
  const isEarlier = old !== null && old.stamp.epoch === frame.stamp.epoch && isBefore(frame, old);
  if (isEarlier && rules['late-set-loses']) return;
  if (isEarlier) world.violation = 'an entry was replaced by an earlier one of the same epoch';
  server.entry = frame;
}

function isBefore(a: Entry, b: Entry): boolean {
  if (a.stamp.position !== b.stamp.position) return a.stamp.position < b.stamp.position;
  return a.beganMs < b.beganMs;
}
