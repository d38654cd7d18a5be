import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fixtureDir } from '../helpers/fixture.ts';

/** The apps, each in layers: a file of a later layer takes the place of one that has the same name before. */
const layers = {
  'isr-16': ['shared', 'isr', 'isr-16'],
  'isr-15': ['shared', 'isr', 'isr-15'],
  'components-16': ['shared', 'components-16'],
} as const;

export type OracleApp = keyof typeof layers;

/** Where an app lies as a whole. Its own layer is the package that decides which Next it runs on. */
export const oracleDir = (app: OracleApp) => join(fixtureDir('oracle'), app, '.next-app');

/** Puts an app together; what was built of it before stays. */
export async function assemble(app: OracleApp): Promise<void> {
  const target = oracleDir(app);
  for (const name of await readSources(target)) await rm(join(target, name), { recursive: true });
  for (const layer of layers[app]) {
    const folder = join(fixtureDir('oracle'), layer);
    for (const name of await readSources(folder)) {
      await cp(join(folder, name), join(target, name), { recursive: true });
    }
  }
}

/** Leaves out what is built and installed there: the whole app lies in its own layer. */
async function readSources(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => !name.startsWith('.next') && name !== 'node_modules');
}
