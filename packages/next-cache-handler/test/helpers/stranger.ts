import { execFile } from 'node:child_process';
import { copyFile, cp, link, mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cleanEnv } from '@tbi/testing';
import { fixtureDir } from './fixture.ts';

const packageDir = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** A folder for everything that is built outside of this repository. */
export const createFolder = () => mkdtemp(join(tmpdir(), 'tbi-stranger-'));

/** Packs the handlers as they would be published and unpacks them; resolves to the package's folder. */
export async function packHandlers(folder: string): Promise<string> {
  const options = { cwd: packageDir, env: cleanEnv() };
  await run('npx', ['-y', 'pnpm', 'pack', '--pack-destination', folder], options);
  const [tarball = ''] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  await run('tar', ['-xzf', tarball], { cwd: folder });
  return join(folder, 'package');
}

export interface StrangerOptions {
  readonly folder: string;
  /** The fixture whose Next.js the app has. */
  readonly fixture: string;
  /** The unpacked handlers. */
  readonly handlers: string;
}

/** An app outside of this repository, with its packages in its own node_modules, as `npm install` leaves them. */
export async function createStranger({ folder, fixture, handlers }: StrangerOptions): Promise<string> {
  const dir = join(folder, `uses-${fixture}`);
  await cp(fixtureDir('stranger'), dir, { recursive: true });
  const modules = join(dir, 'node_modules');
  await cp(handlers, join(modules, '@tbi', 'next-cache-handler'), { recursive: true });
  const next =
    fixture === 'app-15' ? join(fixtureDir(fixture), 'node_modules') : join(packageDir, 'node_modules');
  const installed = ['next', 'react', 'react-dom'].map((name) => join(next, name));
  for (const path of [...installed, join(packageDir, 'node_modules', 'ioredis')])
    await install(path, modules);
  return dir;
}

/** Copies a package and, beside it, everything that pnpm has put beside that: what it depends on. */
async function install(path: string, modules: string, name = basename(path)): Promise<void> {
  const target = join(modules, name);
  const real = await realpath(path);
  // Not there yet.
  if (!(await mkdir(target, { recursive: true }))) return;
  await linkFolder(real, target);
  const siblings = name.startsWith('@') ? dirname(dirname(real)) : dirname(real);
  for (const sibling of await listPackages(siblings)) {
    await install(join(siblings, sibling), modules, sibling);
  }
}

async function listPackages(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.'));
  const lists = names.map(async (name) => {
    if (!name.startsWith('@')) return [name];
    return (await readdir(join(folder, name))).map((inner) => `${name}/${inner}`);
  });
  return (await Promise.all(lists)).flat();
}

/** Hard links where the file system allows it: Next.js alone has some 200 MB. */
async function linkFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules') await linkFolder(source, target);
    } else await link(source, target).catch(() => copyFile(source, target));
  }
}

/** A script in the app's folder; resolves to what it prints. */
export async function runIn(dir: string, name: string, code: string): Promise<string> {
  await writeFile(join(dir, name), code);
  const { stdout } = await run(process.execPath, [name], { cwd: dir, env: cleanEnv() });
  return stdout.trim();
}

export const removeFolder = (folder: string) => rm(folder, { recursive: true, force: true });
