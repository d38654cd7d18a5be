import { type Directives, fieldsOf } from './cache-control.ts';

/** Of one connection, or of one hop (RFC 9111 §3.1); or written by this cache itself for each answer. */
const NEVER_STORED = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'age',
  'x-cache',
  'x-cache-key',
];

/** Describe the stored bytes, which a 304 does not replace (RFC 9111 §3.2). */
const OF_THE_BODY = ['content-length', 'content-encoding', 'content-range', 'content-md5', 'etag'];

export type HeaderList = readonly (readonly [name: string, value: string])[];

export function toHeaders(list: HeaderList): Headers {
  const headers = new Headers();
  for (const [name, value] of list) headers.append(name, value);
  return headers;
}

/** The fields of a response that are kept with it. */
export function storedHeaders(headers: Headers, directives: Directives): HeaderList {
  const connection = (headers.get('connection') ?? '').split(',').map((name) => name.trim().toLowerCase());
  const dropped = new Set([
    ...NEVER_STORED,
    ...connection,
    ...(fieldsOf(directives, 'no-cache') ?? []),
    ...(fieldsOf(directives, 'private') ?? []),
  ]);
  return [...headers].filter(([name]) => !dropped.has(name));
}

/** The fields of a stored response after a 304 confirmed it (RFC 9111 §3.2, §4.3.4). */
export function freshenedHeaders(stored: HeaderList, confirmation: Headers): Headers {
  const headers = toHeaders(stored);
  for (const name of new Set(confirmation.keys())) {
    if (OF_THE_BODY.includes(name)) continue;
    headers.delete(name);
    for (const [, value] of [...confirmation].filter(([other]) => other === name))
      headers.append(name, value);
  }
  return headers;
}
