import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { createNonce, createNonceReplacer, type NonceReplacer } from './nonce.ts';

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[];
type Done = (error?: Error | null) => void;

/** Pages, and what the browser's router fetches in their place: both may contain the placeholder. */
const RENDERED = /^text\/(html|x-component)\b/;

/**
 * Makes a response to a page carry a nonce of its own instead of the placeholder, and the policy that goes with it.
 * Such a page is never answered with "not modified": the browser would judge its old nonces by a new policy.
 */
export function protectResponse(response: ServerResponse, placeholder: string): void {
  const { writeHead, write, end } = response;
  let decided = false;
  let replacer: NonceReplacer | null = null;

  function decide() {
    if (decided) return;
    decided = true;
    const type = String(response.getHeader('content-type') ?? '');
    if (!RENDERED.test(type)) return;
    const nonce = createNonce();
    replacer = createNonceReplacer(placeholder, nonce);
    if (response.headersSent) return;
    replaceInHeader('link', nonce);
    if (!type.startsWith('text/html')) return;
    response.setHeader('content-security-policy', contentSecurityPolicy(nonce));
    response.removeHeader('etag');
  }

  /** Preloads are named in a header too, each with the nonce that its script has. */
  function replaceInHeader(name: string, nonce: string) {
    const value = response.getHeader(name);
    if (value === undefined || typeof value === 'number') return;
    const replace = (text: string) => text.replaceAll(placeholder, nonce);
    response.setHeader(name, typeof value === 'string' ? replace(value) : value.map(replace));
  }

  function replaced(chunk: unknown, encoding: unknown): Buffer {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, toEncoding(encoding)) : asBuffer(chunk);
    return replacer?.push(bytes) ?? bytes;
  }

  const protectedMethods = {
    writeHead(status: number, reason?: string | Headers, headers?: Headers) {
      const given = typeof reason === 'string' ? headers : reason;
      for (const [name, value] of pairs(given)) response.setHeader(name, value);
      decide();
      return Reflect.apply(writeHead, response, typeof reason === 'string' ? [status, reason] : [status]);
    },
    write(chunk: unknown, encoding?: BufferEncoding | Done, done?: Done): boolean {
      decide();
      const callback = typeof encoding === 'function' ? encoding : done;
      const bytes = replaced(chunk, encoding);
      return Reflect.apply(write, response, [bytes, callback]);
    },
    end(chunk?: unknown, encoding?: BufferEncoding | (() => void), done?: () => void) {
      decide();
      const callback = [chunk, encoding, done].find((each) => typeof each === 'function') as
        | (() => void)
        | undefined;
      const hasChunk = chunk !== undefined && chunk !== null && typeof chunk !== 'function';
      const last = hasChunk ? replaced(chunk, encoding) : Buffer.alloc(0);
      const all = replacer === null ? last : Buffer.concat([last, replacer.flush()]);
      return Reflect.apply(end, response, all.length === 0 ? [callback] : [all, callback]);
    },
  };
  Object.assign(response, protectedMethods);
}

function toEncoding(encoding: unknown): BufferEncoding {
  return typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8';
}

function asBuffer(chunk: unknown): Buffer {
  if (Buffer.isBuffer(chunk)) return chunk;
  if (chunk instanceof Uint8Array) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw new TypeError('A response consists of text or bytes.');
}

/** `writeHead` takes headers as an object, or as a list of names and values in turn, names perhaps more than once. */
function pairs(headers: Headers | undefined): [string, number | string | string[]][] {
  if (headers === undefined) return [];
  if (!Array.isArray(headers)) {
    return Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  }
  const values = new Map<string, string[]>();
  for (let at = 0; at < headers.length; at += 2) {
    const name = String(headers[at]).toLowerCase();
    values.set(name, [...(values.get(name) ?? []), String(headers[at + 1])]);
  }
  return [...values].map(([name, [first = '', ...more]]) => [
    name,
    more.length === 0 ? first : [first, ...more],
  ]);
}
