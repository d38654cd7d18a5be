import { type Codec, joinSections, splitSections } from '@tbi/cache';
import type { HeaderList } from './stored-headers.ts';
import { selectionOf } from './vary.ts';

/** A complete response as it is kept, with everything that decides for whom and how long it is right. */
export interface StoredResponse {
  readonly kind: 'stored';
  readonly status: number;
  readonly statusText: string;
  readonly headers: HeaderList;
  /** The request fields that selected it, and the digest of what they were. */
  readonly vary: readonly string[];
  readonly selection: string;
  /** Seconds. The age at which it arrived, and how long it is fresh and usable from its generation on. */
  readonly ageS: number;
  readonly freshS: number;
  readonly staleWhileRevalidateS: number;
  readonly staleIfErrorS: number;
  readonly mustRevalidate: boolean;
  /** The handler itself gave a validator, so that it may answer 304. */
  readonly validated: boolean;
  /** How `body` is packed at rest. */
  readonly packing: 'none' | 'gzip';
  /** Raw bytes; shared with all others who get them: never write to it. */
  readonly body: Buffer;
  /** Only beside a response that was just computed: the engine keeps the tags of stored ones. */
  readonly tags?: readonly string[];
}

/** Whether a request selects this response (RFC 9111 §4.1). */
export const fits = ({ vary, selection }: StoredResponse, request: Headers): boolean =>
  selection === selectionOf(vary, request);

/** Decodes each payload that stays in this process's memory once, however often it is hit. */
export function responseCodec(): Codec<StoredResponse> {
  const decoded = new WeakMap<Buffer, StoredResponse>();
  return {
    encode({ body, tags: _, ...header }) {
      return joinSections(header, [body]);
    },
    decode(payload) {
      const known = decoded.get(payload);
      if (known !== undefined) return known;
      const { header, body } = splitSections(payload);
      const response = { ...(header as Omit<StoredResponse, 'body'>), body };
      if (response.kind !== 'stored') throw new TypeError('payload of something else');
      decoded.set(payload, response);
      return response;
    },
  };
}
