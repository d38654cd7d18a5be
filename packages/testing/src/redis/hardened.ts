import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderAcl, USERS } from '../../../../deploy/redis/acl.mjs';
import { createGuardedFolder } from '../guardian/guardian.ts';
import { hardenedFolder } from '../shared/environment.ts';
import { type Certificate, createCertificate } from './certificate.ts';

export interface User {
  readonly name: string;
  readonly password: string;
}

/** What a Redis as deploy/redis makes it needs, and who may use it. All servers of a run have the same users. */
export interface Hardened {
  readonly certificate: Certificate;
  /** The text of its ACL file. */
  readonly acl: string;
  readonly cache: User;
  readonly sessions: User;
  /** For the tests themselves. */
  readonly admin: User;
  /** As which a replica follows its primary. */
  readonly replica: User;
  /** As which sentinels watch. */
  readonly sentinel: User;
}

const CERTIFICATE = 'server.crt';
const KEY = 'server.key';
const PASSWORDS = 'passwords.json';

/** Makes one certificate and one set of passwords for every server of the run. Returns their folder. */
export async function prepareHardened(): Promise<string> {
  const folder = await createGuardedFolder('tls');
  const { certPem, keyPem } = await createCertificate();
  const passwords = Object.keys(USERS).map((name) => [name, randomBytes(16).toString('hex')]);
  await writeFile(join(folder, CERTIFICATE), certPem);
  await writeFile(join(folder, KEY), keyPem, { mode: 0o600 });
  await writeFile(join(folder, PASSWORDS), JSON.stringify(Object.fromEntries(passwords)), { mode: 0o600 });
  return folder;
}

/** Undefined unless the tests run against hardened servers. */
export function readHardened(): Hardened | undefined {
  const folder = hardenedFolder();
  if (folder === undefined) return undefined;
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const passwords: Record<string, string> = JSON.parse(read(PASSWORDS));
  const user = (name: keyof typeof USERS): User => ({ name, password: passwords[name] ?? '' });
  return {
    certificate: { certPem: read(CERTIFICATE), keyPem: read(KEY) },
    // Tests have prefixes of their own; deploy/test/redis.test.ts holds each user to its keys.
    acl: renderAcl(passwords).replaceAll(/~\S+\*/g, '~*'),
    cache: user('tbi-cache'),
    sessions: user('tbi-sessions'),
    admin: user('tbi-admin'),
    replica: user('tbi-replica'),
    sentinel: user('tbi-sentinel'),
  };
}

/**
 * The file by which the hardened servers of this run are trusted, for `REDIS_TLS_CA`; undefined without them.
 * `cleanEnv` names it to processes that are sent to one.
 */
export function redisAuthority(): string | undefined {
  const folder = hardenedFolder();
  return folder === undefined ? undefined : join(folder, CERTIFICATE);
}
