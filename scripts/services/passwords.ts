import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readEnv, servicesEnv } from '@tbi/env';

export interface Passwords {
  readonly cache: string;
  readonly sessions: string;
  readonly mysql: string;
}

/** The passwords that `.env` sets; for the others random ones, which stay the same from then on. */
export async function readPasswords(folder: string): Promise<Passwords> {
  const { services } = readEnv({ services: servicesEnv });
  const kept = await readKept(folder);
  return {
    cache: services.redisPassword ?? kept.cache,
    sessions: services.redisSessionsPassword ?? kept.sessions,
    mysql: services.mysqlPassword ?? kept.mysql,
  };
}

async function readKept(folder: string): Promise<Passwords> {
  const file = join(folder, 'passwords.json');
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text !== null) return JSON.parse(text) as Passwords;
  const create = () => randomBytes(18).toString('hex');
  const passwords: Passwords = { cache: create(), sessions: create(), mysql: create() };
  await mkdir(folder, { recursive: true });
  await writeFile(file, JSON.stringify(passwords), { mode: 0o600 });
  return passwords;
}
