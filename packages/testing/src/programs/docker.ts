import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findProgram } from './find-program.ts';

const run = promisify(execFile);

/** The path of a Docker command line whose engine answers, or null. */
export async function findDocker(): Promise<string | null> {
  const docker = await findProgram(['docker']);
  if (docker === null) return null;
  return run(docker, ['info'], { timeout: 5000 }).then(
    () => docker,
    () => null,
  );
}
