import type { LogRecord } from '../log-view.ts';
import { type Position, parsePosition, ZERO } from '../position.ts';
import type { TagState } from '../tag-states.ts';
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

const expiredAt = (at: Position): TagState => ({ expirePos: at, stalePos: ZERO, staleDeadlineMs: 0 });

/** One stream entry `[id, [field, value, …]]` of the log. Fields that this version does not know are skipped. */
export function parseRecord(reply: RedisReply): LogRecord {
  const [id, fields] = list(reply);
  const at = position(id);
  const tags: [string, TagState][] = [];
  let previous = ZERO;
  let floor = ZERO;
  const pairs = list(fields);
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const value = text(pairs[i + 1]);
    const last = tags.at(-1);
    switch (text(pairs[i])) {
      case 'p':
        previous = parsePosition(value);
        break;
      case 'f':
        floor = parsePosition(value);
        break;
      case 't':
        tags.push([value, expiredAt(at)]);
        break;
      case 's':
        if (last !== undefined) last[1] = parseTagState(value);
        break;
    }
  }
  return { position: at, previous, floor, tags };
}

export interface AppendReply {
  readonly epochField: string;
  readonly record: LogRecord;
}

export function parseAppend(reply: RedisReply, tags: readonly string[]): AppendReply {
  const [epochField, previous, id, floor, ...states] = list(reply);
  const at = position(id);
  return {
    epochField: text(epochField),
    record: {
      position: at,
      previous: position(previous),
      floor: position(floor),
      tags: tags.map((tag, i) => [tag, i in states ? parseTagState(text(states[i])) : expiredAt(at)]),
    },
  };
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

/** `epoch|head`; null when the key is absent. */
export function parseHead(reply: RedisReply | undefined): { epochField: string; head: Position } | null {
  if (reply === null || reply === undefined) return null;
  const [epochField = '', head = ''] = text(reply).split('|');
  return { epochField, head: parsePosition(head) };
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

export const parseRecords = (reply: RedisReply): LogRecord[] => list(reply).map(parseRecord);

/** One entry of the notes stream: its id and the name of the replaced entry. */
export function parseNote(reply: RedisReply): { id: string; entryId: string } {
  const [id, fields] = list(reply);
  return { id: text(id), entryId: text(list(fields)[1]) };
}

/** HSCAN's reply: the next cursor and the fields in pairs. */
export function parseScan(reply: RedisReply): { next: string; fields: [name: string, value: string][] } {
  const [next, flat] = list(reply);
  const values = list(flat);
  const fields: [string, string][] = [];
  for (let i = 0; i + 1 < values.length; i += 2) fields.push([text(values[i]), text(values[i + 1])]);
  return { next: text(next), fields };
}
