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
      return typeof reason === 'string'
        ? writeHead.call(response, status, reason)
        : writeHead.call(response, status);
    },
    write(chunk: unknown, encoding?: BufferEncoding | Done, done?: Done): boolean {
      decide();
      const callback = typeof encoding === 'function' ? encoding : done;
      const bytes = replaced(chunk, encoding);
      return write.call(response, bytes, 'utf8', callback ?? (() => {}));
    },
    end(chunk?: unknown, encoding?: BufferEncoding | (() => void), done?: () => void) {
      decide();
      const callback = [chunk, encoding, done].find((each) => typeof each === 'function') as
        | (() => void)
        | undefined;
      const hasChunk = chunk !== undefined && chunk !== null && typeof chunk !== 'function';
      const last = hasChunk ? replaced(chunk, encoding) : Buffer.alloc(0);
      const all = replacer === null ? last : Buffer.concat([last, replacer.flush()]);
      if (all.length === 0) return end.call(response, callback as never);
      return end.call(response, all, 'utf8', callback);
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

/** `writeHead` takes headers as an object, or as a list of names and values in turn. */
function pairs(headers: Headers | undefined): [string, number | string | string[]][] {
  if (headers === undefined) return [];
  const entries: [unknown, unknown][] = Array.isArray(headers)
    ? Array.from({ length: headers.length / 2 }, (_, index) => [headers[2 * index], headers[2 * index + 1]])
    : Object.entries(headers);
  return entries
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [String(name), value as number | string | string[]]);
}
