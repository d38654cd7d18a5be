import { noteCommitted } from './invariants.ts';
import { appendHere, clearSpool, type Reply, send, spool } from './outbox.ts';
import { reach, serverOf } from './reader.ts';
import { renew } from './server.ts';
import { withView } from './view.ts';
import { LEASE, type Model, type Process, TAG, type Write } from './world.ts';

/** Database writes announced before they commit: restates `src/write-leases.ts`. */

export function beginWrite(model: Model, process: Process, reply: Reply) {
  model.world.names += 1;
  process.write = { token: `w${model.world.names}`, recorded: false, held: false, version: null };
  secure(model, process, process.write, reply);
}

/** Redis has the mark, or this process holds the tags and the disk knows of them. */
export function secure(model: Model, process: Process, write: Write, reply: Reply) {
  const { token } = write;
  const server = serverOf(model, process.data);
  if (write.recorded && server !== null && reply === 'arrives') {
    const deadlineMs = renew(model, server, token, LEASE);
    extend(process, token, deadlineMs);
    if (deadlineMs > 0) return;
  }
  const what = { mode: 'begin', token, leaseMs: LEASE } as const;
  if (appendHere(model, process, what, [TAG], reply, write.version ?? 0) !== null) {
    process.write = { ...write, recorded: true };
    return;
  }
  if (!write.held) spool(model, process, TAG);
  process.write = { ...write, held: true };
}

function extend(process: Process, token: string, deadlineMs: number) {
  if (deadlineMs === 0) return;
  const { view } = process;
  const marks = view.marks.map((mark) => (mark.token === token ? { ...mark, deadlineMs } : mark));
  process.view = { ...view, marks };
}

/** Makes sure of the lease, then the database commits. */
export function commitInDatabase(model: Model, process: Process, reply: Reply) {
  if (process.write !== null && model.rules['secured-before-commit']) {
    secure(model, process, process.write, reply);
  }
  if (process.write === null) return;
  model.world.database += 1;
  const { database } = model.world;
  process.write = { ...process.write, version: database };
  process.due = process.ownDue = database;
  noteCommitted(model, process.write.token, database);
}

export function endWrite(model: Model, process: Process, reply: Reply) {
  const { write } = process;
  if (write?.version == null) return;
  send(
    model,
    process,
    { what: { mode: 'commit', token: write.token }, tag: TAG, version: write.version },
    reply,
  );
  release(model, process, write);
}

/** What was held back for want of a mark, and the spool's memory of it, are not needed any more. */
function release(model: Model, process: Process, write: Write) {
  process.write = null;
  if (write.held && process.outbox.length === 0) clearSpool(model, process);
}

/** After a ROLLBACK. */
export function abortWrite(model: Model, process: Process, reply: Reply) {
  const { write } = process;
  if (write === null) return;
  appendHere(model, process, { mode: 'abort', token: write.token }, [], reply);
  release(model, process, write);
}

/** The database executes a COMMIT that it received from a process that is gone since. */
export function commitOrphan(model: Model, token: string) {
  model.world.orphans = model.world.orphans.filter((each) => each !== token);
  model.world.database += 1;
  noteCommitted(model, token, model.world.database);
}

/** Redis decides by its own clock whether the mark's writer is gone. */
export function reap(model: Model, process: Process, token: string) {
  const appended = appendHere(model, process, { mode: 'reap', token }, [], 'arrives');
  if (appended?.record !== null) return;
  const { epochField, head, deadlineMs } = appended;
  if (deadlineMs > 0) extend(process, token, deadlineMs);
  else if (reach(model, process, { epochField, head }) === 'reached') {
    withView(process, (view) => view.marks.endUpTo(token, head));
  }
}
