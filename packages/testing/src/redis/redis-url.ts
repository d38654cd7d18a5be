import { readFileSync } from 'node:fs';
import { readHardened, redisAuthority, type User } from './hardened.ts';

/** The same server for somebody else. */
export function urlAs(url: string, { name, password }: User): string {
  const changed = new URL(url);
  changed.username = encodeURIComponent(name);
  changed.password = encodeURIComponent(password);
  return changed.href;
}

/** How a server is going to be reached which `startRedis` will start on this port. */
export function redisAt(port: number) {
  const hardened = readHardened();
  const urlFor = (user: User | undefined) =>
    user ? urlAs(`rediss://127.0.0.1:${port}`, user) : `redis://127.0.0.1:${port}`;
  const [url, sessionsUrl] = [urlFor(hardened?.cache), urlFor(hardened?.sessions)];
  return { url, sessionsUrl, variables: variablesOf({ url, sessionsUrl }) };
}

/** For a site that has its cache and its sessions in one server. `cleanEnv` adds the authority. */
export function variablesOf({ url, sessionsUrl }: Urls): Readonly<Record<string, string>> {
  return { REDIS_URL: url, ...(sessionsUrl === url ? {} : { REDIS_SESSIONS_URL: sessionsUrl }) };
}

interface Urls {
  readonly url: string;
  /** The same, unless sessions have a user of their own. */
  readonly sessionsUrl: string;
}

/** What a client that is not ours needs to trust a hardened server; nothing for others. */
export function trustOf(url: string): { readonly tls?: { readonly ca: string } } {
  const authority = redisAuthority();
  if (authority === undefined || !url.startsWith('rediss:')) return {};
  return { tls: { ca: readFileSync(authority, 'utf8') } };
}

/**
 * What `@tbi/redis` takes to reach a server, or a fault proxy in front of one. A password or certificate that the test
 * has asked for itself is the test's to pass.
 */
export function settingsOf({ url }: { readonly url: string }) {
  const { port, username, password, pathname } = new URL(url);
  return {
    mode: 'standalone' as const,
    host: '127.0.0.1',
    port: Number(port),
    db: Number(pathname.slice(1) || 0),
    ...(username === '' ? {} : { username, password: decodeURIComponent(password), ...trustOf(url) }),
  };
}
