import type { TraceEvent } from '../fixtures/trace.ts';

export type RecordedVersion = Extract<TraceEvent, { type: 'recorded' }>;
type Read = Extract<TraceEvent, { type: 'read' }>;

/** What the checker knows beside the traces: the history of the origin, and when Redis lost its data. */
export interface Facts {
  /** Of all processes. */
  readonly records: readonly RecordedVersion[];
  /** The version that a key had at a time (ms since 1970). */
  versionAt(key: string, ms: number): number;
  /** Times at which the server was ended, flushed or replaced. */
  readonly losses: readonly number[];
  tagsOf(key: string): readonly string[];
  readonly keys: readonly string[];
}

export interface TraceReport {
  readonly reads: number;
  /** Answers from the cache. */
  readonly hits: number;
  readonly applied: number;
  readonly slowestMs: number;
  readonly violations: readonly string[];
}

interface OpenRead {
  readonly key: string;
  /** The oldest version that the process may answer. */
  readonly floor: number;
  /** Writes of the key that were under way when the read began, as far as the process knew. */
  readonly marks: readonly string[];
}

/** Redis's and the test's clock are one; this much is for rounding. */
const ROUNDING_MS = 2;
/** For deadlines: between reading the clock and using what was read lies a moment. */
const MOMENT_MS = 20;
/** An epoch that is adopted this soon after a loss may be the one from before it. */
const ADOPTION_MS = 300;

/**
 * Checks everything that one process answered against what it knew when each call began: nothing older than a version
 * whose invalidation it had applied (or had called itself), and nothing from the cache under a write that it knew of.
 */
export function checkTrace(events: readonly TraceEvent[], facts: Facts): TraceReport {
  const floors = new Map<string, number>();
  const deadlines: { readonly key: string; readonly fromMs: number; readonly version: number }[] = [];
  const marks = new Map<string, readonly string[]>();
  const open = new Map<number, OpenRead>();
  const violations: string[] = [];
  let [hits, reads, applied, slowestMs] = [0, 0, 0, 0];

  const recordsOf = groupRecords(facts.records);
  const keysOf = (tags: readonly string[]) =>
    facts.keys.filter((key) => facts.tagsOf(key).some((tag) => tags.includes(tag)));
  const raise = (key: string, version: number) => floors.set(key, Math.max(version, floors.get(key) ?? 0));

  /** By what took effect in this process, and by all that was recorded up to where it stands: it may skip nothing. */
  function floorOf({ key, atMs, epoch, position }: Read): number {
    const due = deadlines.filter((each) => each.key === key && each.fromMs <= atMs);
    const recorded = (recordsOf.get(`${epoch} ${key}`) ?? []).filter(
      (record) => isAtOrAfter(position, record.position) && record.fromMs + MOMENT_MS <= atMs,
    );
    return Math.max(floors.get(key) ?? 0, ...[...due, ...recorded].map(({ version }) => version));
  }

  const marksOn = (key: string) =>
    [...marks].filter(([, tags]) => keysOf(tags).includes(key)).map(([token]) => token);

  function end({ key, floor, marks: before }: OpenRead, got: Extract<TraceEvent, { type: 'got' }>) {
    reads += 1;
    slowestMs = Math.max(slowestMs, got.durationMs);
    if (got.version === null) return;
    const said = `${key}: version ${got.version} (${got.tier}, ${got.reason})`;
    if (got.version < floor) violations.push(`${said}, but ${floor} is the oldest that may be served`);
    if (got.tier === 'origin') return;
    hits += 1;
    const standing = before.find((token) => marks.has(token));
    if (standing !== undefined) violations.push(`${said} while the write ${standing} was under way`);
  }

  for (const event of events) {
    switch (event.type) {
      case 'read':
        open.set(event.id, {
          key: event.key,
          floor: floorOf(event),
          marks: marksOn(event.key),
        });
        break;
      case 'got': {
        const read = open.get(event.id);
        if (read !== undefined) end(read, event);
        open.delete(event.id);
        break;
      }
      case 'rejected':
        violations.push(`a read was rejected: ${event.message}`);
        break;
      case 'applied': {
        applied += 1;
        const recordedMs = Number(event.position.split('-')[0]) - ROUNDING_MS;
        for (const key of keysOf(event.tags)) {
          const version = facts.versionAt(key, recordedMs);
          if (event.deadlineMs === 0) raise(key, version);
          else deadlines.push({ key, version, fromMs: event.deadlineMs + MOMENT_MS });
        }
        break;
      }
      case 'pending':
        for (const key of keysOf(event.tags)) raise(key, facts.versionAt(key, event.calledMs - ROUNDING_MS));
        break;
      case 'begun':
        marks.set(event.token, event.tags);
        break;
      case 'ended':
        marks.delete(event.token);
        break;
      case 'reload':
        marks.clear();
        break;
      case 'epoch': {
        marks.clear();
        const lostMs = Math.max(0, ...facts.losses.filter((ms) => ms < event.atMs - ADOPTION_MS));
        if (lostMs > 0) for (const key of facts.keys) raise(key, facts.versionAt(key, lostMs - ROUNDING_MS));
        break;
      }
    }
  }
  return { reads, hits, applied, slowestMs, violations };
}

function isAtOrAfter(a: string, b: string): boolean {
  const [aMs = 0, aSeq = 0] = a.split('-').map(Number);
  const [bMs = 0, bSeq = 0] = b.split('-').map(Number);
  return aMs === bMs ? aSeq >= bSeq : aMs > bMs;
}

/** By epoch and key. */
function groupRecords(records: readonly RecordedVersion[]): Map<string, RecordedVersion[]> {
  const groups = new Map<string, RecordedVersion[]>();
  for (const record of records) {
    const name = `${record.epoch} ${record.key}`;
    groups.set(name, [...(groups.get(name) ?? []), record]);
  }
  return groups;
}
