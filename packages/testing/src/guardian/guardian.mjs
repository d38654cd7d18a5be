// Runs servers on behalf of one owner and outlives it by a moment: standard input is a pipe that only the
// owner holds, so its end means that the owner is gone, however it died. Then everything started here is
// killed and every folder given here is removed. Plain JavaScript, because it must start in milliseconds.
//
// Input and output are lines of JSON; `guardian.ts` is the other end.
//   in   { op: 'start', id, command, args, env, cwd, logFile, cleanup }   { op: 'signal', id, signal }
//        { op: 'adopt', pid }   { op: 'release', pid }   { op: 'own-folder', folder }   { op: 'remove-folder', folder }
//   out  { id, event: 'started', pid }   { id, event: 'failed', message }   { id, event: 'exit', code, signal }
//        { event: 'removed', folder }
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** @type {Map<number, { child: import('node:child_process').ChildProcess, cleanup: string[] }>} */
const running = new Map();
/** Processes that the owner started itself. @type {Set<number>} */
const adopted = new Set();
/** @type {Set<string>} */
const folders = new Set();

// A terminal's Ctrl-C or a supervisor's SIGTERM is for the owner; its end ends us.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
// The owner may be gone before the last lines are written.
process.stdout.on('error', () => {});

/** @param {object} message */
const report = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

/** @param {string[]} cleanup a command that removes what outlives the process itself, such as a container */
const runCleanup = ([command, ...args]) => {
  if (command !== undefined) spawnSync(command, args, { stdio: 'ignore', timeout: 20_000 });
};

const operations = {
  start({ id, command, args, env, cwd, logFile, cleanup = [] }) {
    const log = openSync(logFile, 'a', 0o600);
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', log, log], detached: true });
    closeSync(log);
    if (child.pid !== undefined) running.set(id, { child, cleanup });
    child.once('spawn', () => report({ id, event: 'started', pid: child.pid }));
    child.once('error', (error) => report({ id, event: 'failed', message: error.message }));
    child.once('exit', (code, signal) => {
      running.delete(id);
      runCleanup(cleanup);
      report({ id, event: 'exit', code, signal });
    });
  },
  signal({ id, signal }) {
    const child = running.get(id)?.child;
    if (signal === 'SIGKILL') killGroup(child);
    else child?.kill(signal);
  },
  adopt({ pid }) {
    adopted.add(pid);
  },
  release({ pid }) {
    adopted.delete(pid);
  },
  'own-folder'({ folder }) {
    folders.add(folder);
  },
  'remove-folder'({ folder }) {
    if (folders.delete(folder)) removeFolder(folder);
    report({ event: 'removed', folder });
  },
};

/** @param {string} folder */
function removeFolder(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

/**
 * What is started here leads a group of its own, so that its children go with it.
 *
 * @param {import('node:child_process').ChildProcess | undefined} child
 */
function killGroup(child) {
  if (child?.pid !== undefined) kill(-child.pid);
}

/** @param {number} pid */
function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

async function end() {
  const exits = [...running.values()].map(
    ({ child }) => new Promise((resolve) => child.once('exit', resolve)),
  );
  for (const { child } of running.values()) killGroup(child);
  for (const pid of adopted) kill(pid);
  await Promise.all(exits);
  for (const folder of folders) removeFolder(folder);
  process.exit(0);
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const message = JSON.parse(line);
    operations[message.op](message);
  })
  .on('close', end);
