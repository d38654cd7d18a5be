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
