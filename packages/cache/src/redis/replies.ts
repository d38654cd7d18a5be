import { type LogAppend, msOf } from '../backend.ts';
import { effectOf, type LogRecord } from '../log-record.ts';
import { type Position, parsePosition, positionMs, ZERO } from '../position.ts';
import { type TagState, UNTOUCHED } from '../tag-states.ts';
import type { WriteMark } from '../write-marks.ts';
import type { RedisReply } from './connection.ts';

/** Replies are data from outside: each parser checks what it needs and throws a TypeError otherwise. */
function list(reply: RedisReply | undefined): RedisReply[] {
  if (!Array.isArray(reply)) throw new TypeError('expected a list reply');
  return reply;
}

function text(reply: RedisReply | undefined): string {
  if (Buffer.isBuffer(reply)) return reply.toString('utf8');
  if (typeof reply === 'number') return String(reply);
  throw new TypeError('expected a text reply');
}

const position = (reply: RedisReply | undefined): Position => parsePosition(text(reply));

/** `expirePos|stalePos|deadline`, as the append script writes it. */
export function parseTagState(state: string): TagState {
  const [expirePos = '', stalePos = '', deadlineMs = ''] = state.split('|');
  return {
    expirePos: parsePosition(expirePos),
    stalePos: parsePosition(stalePos),
    staleDeadlineMs: Number(deadlineMs),
  };
}

/** A mode from a later version is taken for an expiry: that is never wrong. */
const isMode = (mode: string): mode is LogAppend['mode'] =>
  ['expire', 'stale', 'begin', 'commit', 'abort', 'reap'].includes(mode);

/** One stream entry `[id, [field, value, …]]` of the log. Fields that this version does not know are skipped. */
function readFields(reply: RedisReply) {
  const [id, pairs] = list(reply);
  const at = position(id);
  const single = new Map<string, string>();
  const tags: string[] = [];
  const states: TagState[] = [];
  for (const [name, value] of pairwise(list(pairs))) {
    if (name === 't') tags.push(value);
    else if (name === 's') states.push(parseTagState(value));
    else single.set(name, value);
  }
  const mode = single.get('m') ?? '';
  return { at, single, tags, states, mode: isMode(mode) ? mode : ('expire' as const) };
}

export interface DescribedRecord {
  readonly position: Position;
  readonly mode: LogAppend['mode'];
  readonly tags: readonly string[];
}

/** What a record says, for people. Null for an entry of the log that is no record. */
export function describeRecord(reply: RedisReply): DescribedRecord | null {
  try {
    const { at, mode, tags } = readFields(reply);
    return { position: at, mode, tags };
  } catch {
    return null;
  }
}

function parseRecord(reply: RedisReply): LogRecord {
  const { at, single, tags, states, mode } = readFields(reply);
  const what = { mode, token: single.get('w') };
  const stateAt = (_tag: string, index: number) => states[index] ?? UNTOUCHED;
  return {
    position: at,
    previous: parsePosition(single.get('p') ?? ''),
    floor: single.has('f') ? parsePosition(single.get('f') ?? '') : ZERO,
    ...effectOf(what, at, tags, stateAt, Number(single.get('d'))),
  };
}

function pairwise(values: readonly RedisReply[]): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < values.length; i += 2) pairs.push([text(values[i]), text(values[i + 1])]);
  return pairs;
}

export interface AppendReply {
  readonly epochField: string;
  /** The end of the log after the call. */
  readonly head: Position;
  /** Null when nothing was appended. */
  readonly record: LogRecord | null;
  /** Of the write's mark, for `renew` and `reap`; 0 when there is none any more. */
  readonly deadlineMs: number;
}

/** What the append script answers to `what` with these tags, as the record that others will read. */
export function parseAppend(reply: RedisReply, tags: readonly string[], what: LogAppend): AppendReply {
  const [epochField, previousId, id, floor, ...rest] = list(reply);
  const at = position(id);
  const known = { epochField: text(epochField), head: at };
  const previous = position(previousId);
  const deadlineMs = what.mode === 'reap' ? Number(text(rest[0])) : positionMs(at) + msOf(what);
  if (at === previous) return { ...known, record: null, deadlineMs };
  const reaped = what.mode === 'reap' ? rest.slice(1).map(text) : null;
  const staleState = (_tag: string, index: number) => parseTagState(text(rest[index]));
  const effect = effectOf(what, at, reaped ?? tags, staleState, deadlineMs);
  const record = { position: at, previous, floor: position(floor), ...effect };
  return { ...known, record, deadlineMs };
}

/** The epoch that the append script answers with, whatever the mode. */
export const parseEpochField = (reply: RedisReply): string => text(list(reply)[0]);

/** The deadline that the append script answers to `renew`; 0 when the mark is gone. */
export function parseRenewal(reply: RedisReply): number {
  return Number(text(list(reply)[4]));
}

/** A write's mark as it stands in `meta`: `position|deadline|tags as JSON`. */
export function parseMark(token: string, value: string): WriteMark {
  const [at = '', deadlineMs = '', ...json] = value.split('|');
  const tags: unknown = JSON.parse(json.join('|'));
  if (!Array.isArray(tags)) throw new TypeError('expected a list of tags');
  return { token, tags: tags.map(String), position: parsePosition(at), deadlineMs: Number(deadlineMs) };
}

export interface Probe {
  /** Empty when there is none yet. */
  readonly epochField: string;
  readonly head: Position;
  readonly floor: Position;
  readonly runId: string;
  readonly redisMs: number;
}

export function parseProbe(reply: RedisReply): Probe {
  const [epochField, head, floor, runId, seconds, micros] = list(reply);
  return {
    epochField: text(epochField),
    head: position(head),
    floor: position(floor),
    runId: text(runId),
    redisMs: Number(text(seconds)) * 1000 + Number(text(micros)) / 1000,
  };
}

export type Head = { readonly epochField: string; readonly head: Position };

/** `epoch|head`; null when the key is absent, or holds anything else. */
export function parseHead(reply: RedisReply | undefined): Head | null {
  if (!Buffer.isBuffer(reply)) return null;
  const [epochField = '', head = ''] = reply.toString('utf8').split('|');
  try {
    return { epochField, head: parsePosition(head) };
  } catch {
    return null;
  }
}

/** `parseHead` for every read: most of them see the head that the one before saw. */
export function createHeadParser(): (reply: RedisReply | undefined) => Head | null {
  let last = Buffer.alloc(0);
  let lastHead: Head | null = null;
  return (reply) => {
    if (!Buffer.isBuffer(reply)) return null;
    if (!reply.equals(last)) {
      last = Buffer.from(reply);
      lastHead = parseHead(reply);
    }
    return lastHead;
  };
}

/** XREAD's reply as a map from stream name to its entries; empty when nothing came within the blocking time. */
export function parseStreams(reply: RedisReply): Map<string, RedisReply[]> {
  const streams = new Map<string, RedisReply[]>();
  if (reply === null) return streams;
  for (const stream of list(reply)) {
    const [name, entries] = list(stream);
    streams.set(text(name), list(entries));
  }
  return streams;
}

/** XRANGE's reply. */
export const parseEntries = (reply: RedisReply): RedisReply[] => list(reply);

/** Null for an entry of the log that is no record of this form. */
export function tryParseRecord(entry: RedisReply): LogRecord | null {
  try {
    return parseRecord(entry);
  } catch {
    return null;
  }
}

/** One entry of the notes stream: its id and the name of the replaced entry. */
export function parseNote(reply: RedisReply): { id: string; entryId: string } {
  const [id, fields] = list(reply);
  return { id: text(id), entryId: text(list(fields)[1]) };
}

/** HSCAN's reply: the next cursor and the fields in pairs. */
export function parseScan(reply: RedisReply): { next: string; fields: [name: string, value: string][] } {
  const [next, flat] = list(reply);
  return { next: text(next), fields: pairwise(list(flat)) };
}
