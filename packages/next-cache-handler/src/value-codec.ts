import { joinSections, splitSections } from '@tbi/cache';
import type { CacheControl, HandlerValue } from './next-types.ts';
import { bytesToText, type TextEncoding, textToBytes } from './text-bytes.ts';

/** A value of Next's `cacheHandler` together with the lifetime that Next gave it. */
export interface StoredValue {
  readonly value: HandlerValue;
  readonly cacheControl?: CacheControl | undefined;
}

/** One field that is stored as raw bytes behind the header. */
interface Section {
  /** Where it belongs: `html`, `data.body`. */
  readonly path: string;
  readonly length: number;
  /** Present for text. */
  readonly encoding?: TextEncoding;
  /** Present for one value of a map of buffers. */
  readonly mapKey?: string;
}

interface Header {
  readonly value: Record<string, unknown> | null;
  readonly cacheControl?: { readonly revalidate: number | false; readonly expire?: number };
  /** Fields that hold a map, so that an empty one comes back. */
  readonly maps: readonly string[];
  readonly sections: readonly Section[];
}

/** Large or binary fields of any kind of value. Everything else is small and fits JSON. */
const RAW_FIELDS = ['html', 'rscData', 'segmentData', 'postponed', 'body', 'buffer'] as const;

/** Buffers and maps of buffers come back byte for byte, texts character for character. */
export function encodeValue({ value, cacheControl }: StoredValue): Buffer {
  const parts: { section: Section; bytes: Uint8Array }[] = [];
  const maps: string[] = [];

  function addText(path: string, text: string, mayBeBase64: boolean) {
    const { bytes, encoding } = textToBytes(text, { mayBeBase64 });
    parts.push({ section: { path, length: bytes.length, encoding }, bytes });
  }

  function addField(path: string, field: unknown) {
    if (typeof field === 'string') return addText(path, field, false);
    if (field instanceof Uint8Array) {
      parts.push({ section: { path, length: field.length }, bytes: field });
      return;
    }
    if (!(field instanceof Map)) throw new TypeError(`cannot store ${path}`);
    maps.push(path);
    for (const [mapKey, bytes] of field as Map<string, Uint8Array>) {
      parts.push({ section: { path, length: bytes.length, mapKey }, bytes });
    }
  }

  const small: Record<string, unknown> | null = value && { ...value };
  for (const name of RAW_FIELDS) {
    if (small?.[name] === undefined) continue;
    addField(name, small[name]);
    delete small[name];
  }
  if (small && value?.kind === 'FETCH') {
    const { body, ...data } = value.data;
    if (body !== undefined) addText('data.body', body, true);
    small.data = data;
  }
  const header = { value: small, cacheControl, maps, sections: parts.map(({ section }) => section) };
  return joinSections(
    header,
    parts.map(({ bytes }) => bytes),
  );
}

/**
 * The buffers of the result share the payload's memory: read only.
 * @throws when the payload is not what `encodeValue` of this version makes.
 */
export function decodeValue(payload: Buffer): StoredValue {
  const { header, body } = splitSections(payload);
  // Written by `encodeValue` alone; the frame around it and the version in front of it vouch for that.
  const { value, cacheControl, maps, sections } = header as Header;
  const fields: Record<string, unknown> = { ...value };
  for (const path of maps) fields[path] = new Map<string, Buffer>();
  let at = 0;
  for (const { path, length, encoding, mapKey } of sections) {
    const bytes = body.subarray(at, at + length);
    if (bytes.length !== length) throw new TypeError('payload cut off');
    at += length;
    if (mapKey !== undefined) (fields[path] as Map<string, Buffer>).set(mapKey, bytes);
    else if (path === 'data.body') {
      fields.data = { ...(fields.data as object), body: bytesToText(bytes, encoding ?? 'utf8') };
    } else fields[path] = encoding === undefined ? bytes : bytesToText(bytes, encoding);
  }
  const decoded = value === null ? null : (fields as unknown as HandlerValue);
  return cacheControl === undefined ? { value: decoded } : { value: decoded, cacheControl };
}
