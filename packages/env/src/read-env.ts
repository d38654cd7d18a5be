import type { Circumstances, Preset, Problem, Source } from './preset.ts';

export type Environment<P extends Readonly<Record<string, Preset<unknown>>>> = {
  readonly [Name in keyof P]: P[Name] extends Preset<infer T> ? T : never;
};

export interface EnvError extends Error {
  readonly code: 'ERR_ENV';
  readonly problems: readonly Problem[];
}

/**
 * Reads the presets that the caller composes: `readEnv({ redis: redisEnv, cache: cacheEnv })`.
 * An empty variable counts as unset.
 *
 * @param source Default: the environment of this process.
 * @throws {EnvError} `code: 'ERR_ENV'`. Its message lists every wrong or missing variable of all presets with what
 * was expected and an example, and never a value.
 */
export function readEnv<P extends Readonly<Record<string, Preset<unknown>>>>(
  presets: P,
  source: Source = process.env,
): Environment<P> {
  const circumstances = circumstancesOf(source);
  const values: Record<string, unknown> = {};
  const problems = new Map<string, Problem>();
  for (const [name, preset] of Object.entries(presets)) {
    const outcome = preset.read(source, circumstances);
    if (outcome.ok) values[name] = outcome.value;
    // Two presets may share a variable: its problem is told once.
    else
      for (const problem of outcome.problems) problems.set(`${problem.variable}: ${problem.text}`, problem);
  }
  if (problems.size > 0) throw envError([...problems.values()]);
  // Each name holds what its own preset built, which is what `Environment` says.
  return values as Environment<P>;
}

function circumstancesOf(source: Source): Circumstances {
  return {
    production: source.NODE_ENV === 'production',
    building: source.NEXT_PHASE === 'phase-production-build',
  };
}

function envError(problems: readonly Problem[]): EnvError {
  const lines = problems.map(({ variable, text }) => `  ${variable}: ${text}.`);
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  const message = [`The environment has ${count}:`, ...lines, 'Every variable is described in .env.example.'];
  return Object.assign(new Error(message.join('\n')), { code: 'ERR_ENV' as const, problems });
}
