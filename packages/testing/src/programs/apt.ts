import { spawn } from 'node:child_process';
import { access, readFile, rm, writeFile } from 'node:fs/promises';
import { findProgram } from './find-program.ts';

const POLICY_FILE = '/usr/sbin/policy-rc.d';
/** "Action forbidden by policy": what keeps a package from starting its system service while it is installed. */
const POLICY = '#!/bin/sh\nexit 101\n';

/** Whether packages can be installed here without asking anybody: root on Debian, Ubuntu or a derivative. */
export async function canInstallPackages(): Promise<boolean> {
  if (process.getuid?.() !== 0 || (await findProgram(['apt-get'])) === null) return false;
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^(ID|ID_LIKE)=.*\b(debian|ubuntu)\b/m.test(release);
}

/** Installs Debian packages without starting their services. The caller announces it. Rejects with apt's output. */
export async function installPackages(packages: readonly string[], policyFile = POLICY_FILE): Promise<void> {
  const removePolicy = await forbidServices(policyFile);
  try {
    await aptGet(['update']);
    await aptGet(['install', '--yes', '--no-install-recommends', ...packages]);
  } finally {
    await removePolicy();
  }
}

/** A policy that somebody else has put there is theirs: it stays and holds for us too. */
async function forbidServices(policyFile: string): Promise<() => Promise<void>> {
  try {
    await writeFile(policyFile, POLICY, { mode: 0o755, flag: 'wx' });
  } catch (error) {
    if (await exists(policyFile)) return async () => {};
    throw error;
  }
  return () => rm(policyFile, { force: true });
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function aptGet(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('apt-get', ['--quiet', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-4000);
      });
    }
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`apt-get ${args.join(' ')} failed (${code}):\n${output}`));
    });
  });
}
