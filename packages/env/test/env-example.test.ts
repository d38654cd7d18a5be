import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  adminEnv,
  authEnv,
  cacheEnv,
  databaseEnv,
  deployEnv,
  googleEnv,
  mailEnv,
  operationsEnv,
  prismaCacheEnv,
  readEnv,
  redisEnv,
  serverEnv,
  servicesEnv,
} from '../src/index.ts';

const presets = {
  admin: adminEnv,
  auth: authEnv,
  cache: cacheEnv,
  database: databaseEnv,
  deploy: deployEnv,
  google: googleEnv,
  mail: mailEnv,
  operations: operationsEnv,
  prismaCache: prismaCacheEnv,
  redis: redisEnv,
  server: serverEnv,
  services: servicesEnv,
};
const declared = new Map(Object.values(presets).flatMap(({ variables }) => Object.entries(variables)));
const file = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
const documented = new Map(
  [...file.matchAll(/^# ([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
);

describe('.env.example', () => {
  it('documents every variable that is read, and nothing else', () => {
    expect([...documented.keys()].sort()).toEqual([...declared.keys()].sort());
  });

  it('documents each variable once', () => {
    expect([...file.matchAll(/^# [A-Z][A-Z0-9_]*=/gm)]).toHaveLength(documented.size);
  });

  it.each([...declared])('documents the default of %s', (name, variable) => {
    expect(documented.get(name)).toBe(variable.default ?? '');
  });

  it('explains each variable right above it', () => {
    const lines = file.split('\n');
    const unexplained = lines.filter((line, i) => {
      const above = lines[i - 1] ?? '';
      return /^# [A-Z][A-Z0-9_]*=/.test(line) && !/^# ./.test(above);
    });
    expect(unexplained).toEqual([]);
  });

  it('sets nothing when it is copied as it is', () => {
    expect(parseEnv(file)).toEqual({});
  });

  it('means the same uncommented as unset', () => {
    const uncommented = Object.fromEntries(documented);
    expect(readEnv(presets, uncommented)).toEqual(readEnv(presets, {}));
  });
});
