import { execFile, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A server that was started to outlive its starter, as its folder remembers it. */
export interface Running {
  readonly pid: number;
  readonly port: number;
}

/** Starts a server in a session of its own and remembers it in its folder. Its command line must name the folder. */
export async function startDetached(
  folder: string,
  {
    command,
    args,
    port,
  }: { readonly command: string; readonly args: readonly string[]; readonly port: number },
): Promise<Running> {
  const log = openSync(join(folder, 'server.log'), 'a', 0o600);
  const child = spawn(command, args, { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => resolve(child.pid ?? 0));
  });
  child.unref();
  await writeFile(stateFile(folder), JSON.stringify({ pid, port } satisfies Running));
  return { pid, port };
}

/** The server that was started in this folder, if it still runs. A number that another program has now is nobody. */
export async function findRunning(folder: string): Promise<Running | null> {
  const state = await readFile(stateFile(folder), 'utf8').catch(() => null);
  if (state === null) return null;
  const running = JSON.parse(state) as Running;
  return (await readCommandLine(running.pid)).includes(folder) ? running : null;
}

/** Ends the server of this folder and waits until it is gone. False when none was running. */
export async function stopRunning(folder: string): Promise<boolean> {
  const running = await findRunning(folder);
  if (running !== null) {
    process.kill(running.pid, 'SIGTERM');
    const deadline = Date.now() + 30_000;
    while ((await findRunning(folder)) !== null) {
      if (Date.now() > deadline)
        throw new Error(`process ${running.pid} does not end; see ${folder}/server.log`);
      await sleep(50);
    }
  }
  await rm(stateFile(folder), { force: true });
  return running !== null;
}

/** Empty when there is no such process. */
async function readCommandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return run('ps', ['-o', 'command=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => '',
  );
}

function stateFile(folder: string): string {
  return join(folder, 'running.json');
}
