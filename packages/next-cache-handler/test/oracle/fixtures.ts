import { join } from 'node:path';
import { assemble, assembledDir } from '../helpers/assemble.ts';
import { fixtureDir } from '../helpers/fixture.ts';

/** The apps and their layers. */
const layers = {
  'isr-16': ['shared', 'isr', 'isr-16'],
  'isr-15': ['shared', 'isr', 'isr-15'],
  'components-16': ['shared', 'components-16'],
} as const;

export type OracleApp = keyof typeof layers;

const layerDir = (name: string) => join(fixtureDir('oracle'), name);

export const oracleDir = (app: OracleApp) => assembledDir(layerDir(app));

export const assembleOracleApp = (app: OracleApp) => assemble(layers[app].map(layerDir));
