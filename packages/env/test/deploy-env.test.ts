import { describe, expect, it } from 'vitest';
import { deployEnv, readEnv } from '../src/index.ts';
import { problemsOf } from './problems.ts';

const read = (source: Record<string, string>) => readEnv({ deploy: deployEnv }, source).deploy;

describe('deployEnv', () => {
  it.each(['max', '1', '16', ' 2 '])('takes %j for a number of workers', (value) => {
    expect(read({ DEPLOY_INSTANCES: value }).instances).toBe(value.trim());
  });

  it.each(['0', '-1', '1.5', '2e3', 'all', 'MAX', '4 8'])('refuses %j for a number of workers', (value) => {
    expect(problemsOf({ deploy: deployEnv }, { DEPLOY_INSTANCES: value }).variables).toEqual([
      'DEPLOY_INSTANCES',
    ]);
  });

  it.each(['768M', '1G', '900000K'])('takes %s for an amount of memory', (value) => {
    expect(read({ DEPLOY_MAX_MEMORY: value }).maxMemory).toBe(value);
  });

  it.each(['768', '768MB', '1.5G', '0M', '1g', 'M', '1 G'])('refuses %j for an amount of memory', (value) => {
    expect(problemsOf({ deploy: deployEnv }, { DEPLOY_MAX_MEMORY: value }).variables).toEqual([
      'DEPLOY_MAX_MEMORY',
    ]);
  });
});
