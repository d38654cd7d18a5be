import { beginComputing, finishComputing, joinComputation } from './compute.ts';
import * as faults from './faults.ts';
import { lookUp } from './lookup.ts';
import { changeAndInvalidate, flush, invalidateOther, type Reply } from './outbox.ts';
import { isVerified, readLog, scan, serverOf, verify } from './reader.ts';
import { type Kind, type Model, type Process, type Server, STALE_FOR } from './world.ts';
import { abortWrite, beginWrite, commitInDatabase, commitOrphan, endWrite, reap, secure } from './writes.ts';

export interface Step {
  readonly name: string;
  /** Counts against the budget of this kind. */
  readonly kind?: Kind | undefined;
  run(model: Model): void;
}

/** Everything that may happen next. A step runs on a copy of the world that it was made from. */
export function stepsFrom(model: Model): Step[] {
  const { world, settings } = model;
  return [
    ...world.processes.flatMap((process, number) =>
      process.alive ? processSteps(model, process, number) : settings.forGood ? [] : [startStep(number)],
    ),
    ...serverSteps(model),
  ];
}

function mayHappen({ world, settings }: Model, kind: Kind, number?: number): boolean {
  if ((world.budget[kind] ?? 0) === 0) return false;
  return number === undefined || (settings.by?.[kind]?.includes(number) ?? true);
}

const startStep = (number: number): Step => ({
  name: `P${number + 1} starts again`,
  run: (model) => faults.start(model, processOf(model, number)),
});

function processOf({ world }: Model, number: number): Process {
  const process = world.processes[number];
  if (process === undefined) throw new RangeError('no such process');
  return process;
}

function processSteps(model: Model, process: Process, number: number): Step[] {
  const steps: Step[] = [];
  const may = (kind: Kind) => mayHappen(model, kind, number);

  function add(what: string, run: (model: Model, process: Process) => void, kind?: Kind) {
    steps.push({ name: `P${number + 1} ${what}`, kind, run: (next) => run(next, processOf(next, number)) });
  }

  /** Something that Redis is asked to record: its reply may be lost. */
  function addSending(
    what: string,
    run: (model: Model, process: Process, reply: Reply) => void,
    kind?: Kind,
  ) {
    const offline = serverOf(model, process.data) === null;
    add(offline ? `${what}, which Redis cannot take` : what, (m, p) => run(m, p, 'arrives'), kind);
    if (offline || !may('lost-reply')) return;
    add(
      `${what}, the reply is lost`,
      (m, p) => {
        spend(m, 'lost-reply');
        run(m, p, 'lost');
      },
      kind,
    );
  }

  add('looks up', lookUp);
  addReaderSteps(model, process, add);
  addComputeSteps(process, add, may);
  if (may('invalidate')) {
    addSending('changes the value and expires its tag', expire, 'invalidate');
  }
  if (may('invalidate-stale'))
    addSending('changes the value and marks its tag stale', markStale, 'invalidate-stale');
  if (may('invalidate-other')) addSending('expires another tag', invalidateOther, 'invalidate-other');
  if (process.outbox.length > 0 && knowsEpoch(model, process)) {
    addSending('sends what Redis could not take', flush);
  }
  addWriteSteps(model, process, addSending, may);
  for (const mark of process.view.marks) {
    if (mark.deadlineMs <= model.world.now && serverOf(model, process.data) !== null) {
      add(`asks to reap ${mark.token}`, (m, p) => reap(m, p, mark.token));
    }
  }
  if (may('cut') && process.data.server !== null) {
    add('loses its data connection', (_, p) => faults.cut(p, p.data), 'cut');
  }
  if (may('cut') && process.log.server !== null) {
    add('loses its log connection', (_, p) => faults.cut(p, p.log), 'cut');
  }
  if (may('cut-both') && process.data.server !== null) {
    add('loses both connections', (_, p) => faults.cutBoth(p), 'cut-both');
  }
  if (may('crash')) add('crashes', faults.crash, 'crash');
  return steps;
}

type Add = (what: string, run: (model: Model, process: Process) => void, kind?: Kind) => void;
type AddSending = (
  what: string,
  run: (model: Model, process: Process, reply: Reply) => void,
  kind?: Kind,
) => void;

const expire = (model: Model, process: Process, reply: Reply) =>
  changeAndInvalidate(model, process, { mode: 'expire' }, reply);
const markStale = (model: Model, process: Process, reply: Reply) =>
  changeAndInvalidate(model, process, { mode: 'stale', expireAfterMs: STALE_FOR }, reply);

function addReaderSteps(model: Model, process: Process, add: Add) {
  const { data, log, reload } = process;
  const master = model.world.servers[model.world.master];
  if ((data.server === null || log.server === null) && master?.up) add('connects', faults.connect);
  const bothUp = serverOf(model, data) !== null && serverOf(model, log) !== null;
  if (reload !== null) {
    for (const part of bothUp ? reload.todo : []) add(`reads the ${part} anew`, (m, p) => scan(m, p, part));
  } else if (isVerified(process)) {
    if (serverOf(model, log) !== null) add('reads the log', readLog);
  } else if (bothUp) add('verifies what it is connected to', verify);
}

function addComputeSteps({ computation }: Process, add: Add, may: (kind: Kind) => boolean) {
  if (computation === null) {
    if (may('compute')) add('begins computing', beginComputing, 'compute');
    return;
  }
  if (computation.caller === null && may('second-caller')) {
    add('gets a second caller', joinComputation, 'second-caller');
  }
  add('stores what it computed', (m, p) => finishComputing(m, p, false));
  if (may('late-set')) add('stores, the SET times out', (m, p) => finishComputing(m, p, true), 'late-set');
}

/** Repeating what cannot be applied here would only make the log longer: finding the epoch comes first. */
function knowsEpoch(model: Model, process: Process): boolean {
  return process.data.verified && serverOf(model, process.data)?.epochField === process.epochField;
}

function addWriteSteps(model: Model, process: Process, addSending: AddSending, may: (kind: Kind) => boolean) {
  const { write } = process;
  if (write === null) {
    if (may('write')) addSending('begins a write', beginWrite, 'write');
    return;
  }
  if (knowsEpoch(model, process)) {
    addSending('renews its mark', (m, p, reply) => {
      if (p.write !== null) secure(m, p, p.write, reply);
    });
  }
  if (write.version !== null) return addSending('ends its write', endWrite);
  addSending('commits its write in the database', commitInDatabase);
  if (may('abort')) addSending('rolls its write back', abortWrite, 'abort');
}

function serverSteps(model: Model): Step[] {
  const { world } = model;
  const master = world.servers[world.master];
  const steps: Step[] = [];
  if (master === undefined) return steps;

  const add = (name: string, run: (model: Model) => void, kind?: Kind) => {
    if (kind === undefined || mayHappen(model, kind)) steps.push({ name, kind, run });
  };
  const onMaster = (run: (server: Server) => void) => (m: Model) => {
    const server = m.world.servers[m.world.master];
    if (server !== undefined) run(server);
  };

  add('a tick passes', faults.tick, 'tick');
  if (world.lateSets.length > 0) add('the SET that timed out runs', faults.runLateSet);
  for (const token of world.orphans) {
    if (master.marks.some((mark) => mark.token === token)) {
      add(`the database executes the COMMIT of ${token}`, (m) => commitOrphan(m, token));
    }
  }
  if (!master.up) {
    add(
      'Redis resumes',
      onMaster((server) => {
        server.up = true;
      }),
    );
    return steps;
  }
  add(
    'Redis hangs',
    onMaster((server) => {
      server.up = false;
    }),
    'hang',
  );
  if (master.entry !== null)
    add(
      'the entry is evicted',
      onMaster((s) => {
        s.entry = null;
      }),
      'evict-entry',
    );
  for (const what of faults.EVICTABLE) {
    add(
      `of the log, ${what} is evicted`,
      onMaster((s) => faults.evict(s, what)),
      'evict-log',
    );
  }
  add('Redis is flushed', onMaster(faults.flushAll), 'flush');
  if (master.log.length > 0)
    add(
      'the log is trimmed',
      onMaster((s) => {
        s.log = s.log.slice(0, 0);
      }),
      'trim',
    );
  if (master.log.length > 1)
    add(
      'the log is trimmed to one',
      onMaster((s) => {
        s.log = s.log.slice(-1);
      }),
      'trim',
    );
  add(
    'a snapshot is taken',
    (m) => {
      m.world.snapshot = master;
    },
    'snapshot',
  );
  if (world.snapshot !== null || model.settings.split) {
    add('Redis starts again from the snapshot', faults.restore, 'restore');
    add('a replica as old as the snapshot is promoted', faults.failOver, 'failover');
  }
  return steps;
}

export function spend({ world }: Model, kind: Kind) {
  world.budget[kind] = (world.budget[kind] ?? 0) - 1;
}
