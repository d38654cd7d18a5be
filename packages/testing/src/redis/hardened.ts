import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderAcl } from '../../../../deploy/redis/acl.mjs';
import { createGuardedFolder } from '../guardian/guardian.ts';
import { hardenedRedis, TLS_FOLDER_VARIABLE } from '../shared/environment.ts';
import { type Certificate, createCertificate } from './certificate.ts';

interface User {
  readonly name: string;
  readonly password: string;
}

/** What a Redis as deploy/redis makes it needs, and who may use it. */
export interface Hardened {
  readonly certificate: Certificate;
  /** The text of its ACL file. */
  readonly acl: string;
  readonly cache: User;
  readonly sessions: User;
  /** For the tests themselves. */
  readonly admin: User;
}

/**
 * Makes one certificate for every server of the run. Node learns of authorities when it starts, so the workers and the
 * processes that they start trust it without being told.
 */
export async function prepareTls(): Promise<void> {
  const folder = await createGuardedFolder('tls');
  const { certPem, keyPem } = await createCertificate();
  await writeFile(join(folder, 'server.crt'), certPem);
  await writeFile(join(folder, 'server.key'), keyPem, { mode: 0o600 });
  process.env[TLS_FOLDER_VARIABLE] = folder;
  process.env.NODE_EXTRA_CA_CERTS = join(folder, 'server.crt');
}

/** Undefined unless the tests run against hardened servers. */
export async function readHardened(): Promise<Hardened | undefined> {
  const folder = process.env[TLS_FOLDER_VARIABLE];
  if (!hardenedRedis() || folder === undefined) return undefined;
  const [certPem, keyPem] = await Promise.all(
    ['server.crt', 'server.key'].map((name) => readFile(join(folder, name), 'utf8')),
  );
  const user = (name: string): User => ({ name, password: randomBytes(16).toString('hex') });
  const [cache, sessions, admin] = [user('tbi-cache'), user('tbi-sessions'), user('tbi-admin')];
  const passwords = Object.fromEntries(
    [cache, sessions, admin].map(({ name, password }) => [name, password]),
  );
  return {
    certificate: { certPem: certPem ?? '', keyPem: keyPem ?? '' },
    // Tests have prefixes of their own; deploy/test/redis.test.ts holds each user to its keys.
    acl: renderAcl(passwords).replaceAll(/~\S+\*/g, '~*'),
    cache,
    sessions,
    admin,
  };
}
