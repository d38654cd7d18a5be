import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { StoredResponse } from './stored-response.ts';

const pack = promisify<Buffer, { level: number }, Buffer>(gzip);
const unpack = promisify<Buffer, Buffer>(gunzip);

const MIN_BYTES = 1_024;

/** Packs a body for the store, where that makes it smaller by a tenth or more. */
export async function packed(response: StoredResponse): Promise<StoredResponse> {
  const encoded = response.headers.some(([name]) => name === 'content-encoding');
  if (encoded || response.body.length < MIN_BYTES) return response;
  const body = await pack(response.body, { level: 4 });
  return body.length > response.body.length * 0.9 ? response : { ...response, body, packing: 'gzip' };
}

export async function bodyOf({ packing, body }: StoredResponse): Promise<Buffer> {
  return packing === 'gzip' ? unpack(body) : body;
}
