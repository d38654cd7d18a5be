import { hash } from 'node:crypto';
import type { Process, Server, World } from './world.ts';

/** A copy that a step may change. What lies deeper than these levels is replaced by the steps, never changed. */
export function copyWorld(world: World): World {
  return {
    ...world,
    servers: world.servers.map(copyServer),
    processes: world.processes.map(copyProcess),
    disk: [...world.disk],
    lateSets: [...world.lateSets],
    orphans: [...world.orphans],
    budget: { ...world.budget },
  };
}

export function copyServer(server: Server): Server {
  return {
    ...server,
    tags: { ...server.tags },
    marks: [...server.marks],
    log: [...server.log],
    past: [...server.past],
  };
}

function copyProcess(process: Process): Process {
  const { data, log, view } = process;
  return {
    ...process,
    data: { ...data },
    log: { ...log },
    view: { ...view, tags: { ...view.tags }, marks: [...view.marks] },
    outbox: [...process.outbox],
    recent: [...process.recent],
    inherited: [...process.inherited],
  };
}

/** Equal for worlds that are equal, whatever the order in which their fields were set. */
export const fingerprint = (world: World): string => hash('sha1', print(world), 'base64');

function print(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Uint8Array) return `<${value.join()}>`;
  if (Array.isArray(value)) return `[${value.map(print).join()}]`;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${name}:${print(field)}`).join()}}`;
}
