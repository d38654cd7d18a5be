import { spawn } from 'node:child_process';
import { root } from './root.mjs';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] Default: the root of the repository.
 * @property {Record<string, string | undefined>} [env] Added to the environment.
 */

/**
 * Runs a command in the foreground, on this terminal. Signals for this process are passed on, and it then ends
 * when the command does.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>} its exit code; 128 and the number of the signal when one ended it, as in a shell
 */
export function run(command, args, { cwd = root, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: 'inherit' });
    const stop = new Map(
      /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']).map((signal) => [
        signal,
        () => {
          // Ctrl-C reaches the command without us: a terminal sends it to everything in the foreground.
          if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
        },
      ]),
    );
    for (const [signal, pass] of stop) process.on(signal, pass);
    const watch = whenAbandoned(() => child.kill('SIGTERM'));
    const release = () => {
      clearInterval(watch);
      for (const [signal, pass] of stop) process.off(signal, pass);
    };
    child.once('error', (error) => {
      release();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      release();
      resolve(code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1));
    });
  });
}

/**
 * A package manager that is killed does not pass that on: what it ran would keep its port for ever. Started in
 * another way, a script may outlive its parent, as after `nohup`.
 *
 * @param {() => void} stop
 */
function whenAbandoned(stop) {
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  return setInterval(() => {
    if (process.ppid !== parent) stop();
  }, 500).unref();
}

/**
 * Runs a Node script as `run` does.
 *
 * @param {string} file
 * @param {readonly string[]} [args]
 * @param {RunOptions} [options]
 */
export function runNode(file, args = [], options = {}) {
  return run(process.execPath, [file, ...args], options);
}

/**
 * Runs a TypeScript file as `run` does.
 *
 * @param {string} file
 * @param {readonly string[]} [args]
 * @param {RunOptions} [options]
 */
export function runTypeScript(file, args = [], options = {}) {
  return run(process.execPath, ['--import', import.meta.resolve('tsx'), file, ...args], options);
}

/**
 * Runs a command and keeps what it writes.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function capture(command, args, { cwd = root, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
