import type { Verdict } from '../../src/freshness.ts';
import type { Entry } from '../../src/types.ts';
import { effectiveEpoch } from './server.ts';
import { MAX_UNSYNCED, type Model, type Past, type Process, type Server } from './world.ts';

/**
 * What must hold of every value served. A record demands a version of the process that serves when the process has
 * applied it (its cursor is past it), or when the record is older than the proof of being in sync may be.
 */
export function checkServed(model: Model, process: Process, entry: Entry, verdict: Verdict) {
  const version = versionOf(entry);
  const { now } = model.world;
  const report = (why: string) => {
    const how = verdict.stale ? 'stale' : 'fresh';
    model.world.violation ??= `version ${version} was served as ${how}, but ${why}`;
  };
  if (version < process.due) report(`this process had applied what demands version ${process.due}`);
  for (const past of pastOf(model, process)) {
    const overdue = past.tick < now - MAX_UNSYNCED;
    if (version >= past.version || !(overdue || isApplied(model, process, past))) continue;
    if (isOnItsWay(model, past)) continue;
    if (verdict.stale && now < past.staleUntil) continue;
    report(`a record demands version ${past.version} of this process`);
  }
}

/** A server has lost it, and its process is about to record it again. */
const isOnItsWay = ({ world }: Model, { position, version }: Past): boolean =>
  position === null &&
  world.processes.some(({ outbox }) => outbox.some((letter) => letter.version === version));

const pastOf = ({ world }: Model, process: Process): readonly Past[] =>
  world.servers[process.followed]?.past ?? [];

function isApplied(model: Model, process: Process, { position }: Past): boolean {
  const server = model.world.servers[process.followed];
  const follows = server !== undefined && effectiveEpoch(server, model) === process.view.epoch;
  // While the states are being read, the cursor says where to go on, not what is known.
  return follows && process.statesLoaded && position !== null && position <= process.view.cursor;
}

/** The least version that the process may give as fresh, from all that it has applied. */
export function dueOf(model: Model, process: Process): number {
  const applied = pastOf(model, process).filter((past) => isApplied(model, process, past));
  return Math.max(process.due, ...applied.map(firmVersion));
}

/** What a process that reads all states anew has applied then, and what the server was told and lost. */
export const everythingDemandedBy = (model: Model, { past }: Server): number =>
  Math.max(0, ...past.filter((each) => !isOnItsWay(model, each)).map(firmVersion));

/** A stale mark alone demands nothing for ever. */
const firmVersion = ({ version, staleUntil }: Past) => (staleUntil > 0 ? 0 : version);

/** The database has committed this write: from here on its mark speaks for the version. */
export function noteCommitted({ world }: Model, token: string, version: number) {
  for (const server of world.servers) {
    server.past = server.past.map((past) => (past.token === token ? { ...past, version } : past));
  }
}

/** What a server's loss of its log leaves to be demanded: by age, not by position. */
export function forgetPositions(past: readonly Past[]): Past[] {
  return past
    .filter(({ version }) => version > 0)
    .map(({ tick, version, staleUntil }) => ({ position: null, tick, version, staleUntil }));
}

const PAYLOADS = Array.from({ length: 64 }, (_, version) => Buffer.from([version]));

export function makeEntry(stamp: Entry['stamp'], beganMs: number, tags: string[], version: number): Entry {
  const payload = PAYLOADS[version] ?? Buffer.from([version]);
  const forEver = Number.POSITIVE_INFINITY;
  return { stamp, beganMs, createdMs: 0, freshForMs: forEver, keepForMs: forEver, tags, payload };
}

export const versionOf = ({ payload }: Entry): number => payload[0] ?? 0;
