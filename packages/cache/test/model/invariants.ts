import type { Verdict } from '../../src/freshness.ts';
import type { Entry } from '../../src/types.ts';
import { effectiveEpoch } from './server.ts';
import { MAX_UNSYNCED, type Model, type Past, type Process } from './world.ts';

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
  for (const past of demands(model, process)) {
    if (version >= past.version) continue;
    if (verdict.stale && now < past.staleUntil) continue;
    report(`a record demands version ${past.version} of this process`);
  }
}

function demands(model: Model, process: Process): Past[] {
  const server = model.world.servers[process.followed];
  if (server === undefined) return [];
  const follows = effectiveEpoch(server, model) === process.view.epoch;
  return server.past.filter(({ position, tick }) => {
    const applied = follows && position !== null && position <= process.view.cursor;
    return applied || tick < model.world.now - MAX_UNSYNCED;
  });
}

/** The least version that the process may serve as fresh from now on. */
export function dueOf(model: Model, process: Process): number {
  return Math.max(process.due, ...demands(model, process).map(firmVersion));
}

/** The process has read all that this server was ever told, so what is lost must be made good otherwise. */
export function oweEverything(process: Process, past: readonly Past[]) {
  process.due = Math.max(process.due, ...past.map(firmVersion));
}

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
