import { ZERO } from '../../src/position.ts';
import { copyServer } from './copy.ts';
import { forgetPositions } from './invariants.ts';
import { takeOver } from './outbox.ts';
import { store } from './server.ts';
import {
  type Link,
  MAX_UNSYNCED,
  type Model,
  NEVER,
  newProcess,
  type Process,
  type Server,
} from './world.ts';

/** What happens to processes, connections and servers. */

/** What is too old to count any more is forgotten, lest worlds differ by it. */
export function tick({ world }: Model) {
  world.now += 1;
  const oldest = world.now - MAX_UNSYNCED;
  for (const process of world.processes) {
    if (process.syncedAt < oldest) process.syncedAt = NEVER;
    process.beatAt = NEVER;
  }
  for (const server of world.servers) {
    server.past = server.past.map((past) => (past.tick < oldest ? { ...past, tick: NEVER } : past));
  }
}

export function crash({ world }: Model, process: Process) {
  if (process.write !== null && process.write.version === null) world.orphans.push(process.write.token);
  const { ownDue, lives, outbox } = process;
  Object.assign(process, newProcess(lives, ownDue), { alive: false });
  // What a server has lost, and the process that was about to record it again: two failures in one moment.
  const forgotten = new Set(outbox.map(({ version }) => version));
  for (const server of world.servers) {
    server.past = server.past.filter(({ position, version }) => position !== null || !forgotten.has(version));
  }
}

export function start(model: Model, process: Process) {
  Object.assign(process, newProcess(process.lives + 1, process.ownDue));
  takeOver(model, process);
  if (model.world.servers[model.world.master]?.up) connect(model, process);
}

export function connect({ world }: Model, process: Process) {
  for (const link of [process.data, process.log]) link.server ??= world.master;
}

export function cut(process: Process, link: Link) {
  link.server = null;
  link.verified = false;
  process.reload = null;
}

export function cutBoth(process: Process) {
  cut(process, process.data);
  cut(process, process.log);
}

function cutAll({ world }: Model, server: number) {
  for (const process of world.processes) {
    for (const link of [process.data, process.log]) if (link.server === server) cut(process, link);
  }
  world.lateSets = world.lateSets.filter((each) => each.server !== server);
}

export const EVICTABLE = ['meta', 'log', 'head', 'all'] as const;

export function evict(server: Server, what: (typeof EVICTABLE)[number]) {
  if (what === 'log' || what === 'all') server.log = [];
  if (what === 'head' || what === 'all') server.headKey = null;
  if (what === 'log' || what === 'head') return;
  Object.assign(server, { epochField: '', head: ZERO, floor: ZERO, tags: {}, marks: [] });
  server.past = forgetPositions(server.past);
}

export function flushAll(server: Server) {
  evict(server, 'all');
  server.entry = null;
}

/** The server starts again from the snapshot. */
export function restore(model: Model) {
  const { world } = model;
  cutAll(model, world.master);
  world.servers = world.servers.map((server, i) =>
    i === world.master ? fromSnapshot(model, server) : server,
  );
}

/** A replica that has only what is in the snapshot becomes the master. */
export function failOver(model: Model) {
  const { world } = model;
  const old = world.servers[world.master];
  if (old === undefined) return;
  world.servers.push(fromSnapshot(model, old));
  if (!model.settings.split) {
    old.up = false;
    cutAll(model, world.master);
  }
  world.master = world.servers.length - 1;
}

function fromSnapshot({ world }: Model, old: Server): Server {
  const snapshot = copyServer(world.snapshot ?? old);
  world.names += 1;
  // What only the old server was told was acknowledged all the same.
  const past = [...snapshot.past, ...forgetPositions(old.past)];
  return { ...snapshot, runId: `r${world.names}`, up: true, past };
}

export function runLateSet(model: Model) {
  const late = model.world.lateSets.shift();
  const server = late && model.world.servers[late.server];
  if (late && server) store(model, server, late.frame);
}
