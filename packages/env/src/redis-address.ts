import * as z from 'zod';
import { parseUrl } from './formats.ts';

export interface HostPort {
  readonly host: string;
  readonly port: number;
}

export interface RedisUrl extends HostPort {
  readonly tls: boolean;
  readonly db: number;
  readonly username: string | undefined;
  readonly password: string | undefined;
}

export interface RedisHosts {
  readonly tls: boolean;
  readonly hosts: readonly HostPort[];
}

/** `redis://user:password@host:6379/0`, `rediss://` for TLS. Port 6379 and database 0 when they are left out. */
export const redisUrl = z.string().transform((value, context): RedisUrl => {
  const url = parseRedisUrl(value);
  const path = url?.pathname.replace(/^\//, '') ?? '';
  if (url === null) return fail(context, 'it is not a redis:// or rediss:// URL');
  if (!/^\d{0,5}$/.test(path)) return fail(context, 'what follows the host is not the number of a database');
  if (url.search !== '' || url.hash !== '') return fail(context, 'parameters in the URL are not understood');
  const username = decode(url.username);
  const password = decode(url.password);
  if (username === null || password === null) {
    return fail(context, 'the user or password has a % that does not begin an escape (write it as %25)');
  }
  return {
    ...hostPort(url, 6379),
    tls: url.protocol === 'rediss:',
    db: Number(path),
    username: username || undefined,
    password: password || undefined,
  };
});

/** `host:port,host:port`; all with `rediss://` in front for TLS. Credentials do not belong here. */
export function redisHosts(defaultPort: number) {
  return z.string().transform((value, context): RedisHosts => {
    const items = value.split(',').map((item) => item.trim());
    const urls = items
      .filter((item) => item !== '')
      .map((item) => parseRedisUrl(/^rediss?:\/\//.test(item) ? item : `redis://${item}`));
    const [first] = urls;
    if (!first || !urls.every((url) => url !== null)) return fail(context, 'it is not a list of host:port');
    if (urls.some((url) => url.username !== '' || url.password !== '' || url.pathname.length > 1)) {
      return fail(context, 'only hosts and ports belong here (the password goes into REDIS_PASSWORD)');
    }
    if (urls.some((url) => url.protocol !== first.protocol)) {
      return fail(context, 'either all or none of the hosts must have rediss:// in front');
    }
    return { tls: first.protocol === 'rediss:', hosts: urls.map((url) => hostPort(url, defaultPort)) };
  });
}

function parseRedisUrl(value: string): URL | null {
  const url = parseUrl(value.trim());
  return url !== null && /^rediss?:$/.test(url.protocol) && url.hostname !== '' ? url : null;
}

function hostPort(url: URL, defaultPort: number): HostPort {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { host, port: url.port === '' ? defaultPort : Number(url.port) };
}

function decode(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

function fail(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}
