import { inspect } from 'node:util';
import { type EnvError, type Preset, readEnv, type Source } from '../src/index.ts';

/** Reads an environment that must be refused, and returns what the error says. */
export function problemsOf(presets: Readonly<Record<string, Preset<unknown>>>, source: Source) {
  try {
    readEnv(presets, source);
  } catch (error) {
    const { message, code, problems } = error as EnvError;
    return {
      message,
      code,
      variables: problems.map(({ variable }) => variable),
      inspected: `${inspect(error, { depth: 9 })}${JSON.stringify(error)}`,
    };
  }
  throw new Error('The environment was accepted.');
}
