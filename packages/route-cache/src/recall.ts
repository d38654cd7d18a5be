import type { Cache, Codec } from '@tbi/cache';
import { type Answer, answerWith } from './answer.ts';
import type { Asked, Question } from './asked.ts';
import { explain } from './cache-status.ts';
import { variantKey } from './key.ts';
import { fits, type StoredResponse } from './stored-response.ts';
import { selectionOf } from './vary.ts';

/** Entries of this kind in the engine are responses. */
export const KIND = 'api';
/** Each variant that does not fit leads one key further; a `Vary` that never settles is not followed for ever. */
export const MAX_VARIANT_STEPS = 4;

export interface RecallParts {
  readonly cache: Cache;
  readonly codec: Codec<StoredResponse>;
  /** This cache's name in `Cache-Status`. */
  readonly name: string;
  /** Whether to show the key. */
  readonly debug: boolean;
}

/** The fresh response that this process has in memory, without asking anybody. Null: it has none. */
export async function recall(asked: Asked<Question>, parts: RecallParts): Promise<Answer | null> {
  const { cache, codec, name, debug } = parts;
  let { key } = asked;
  for (let step = 0; step < MAX_VARIANT_STEPS; step += 1) {
    const found = cache.getLocal(KIND, key, { codec });
    if (found === null) return null;
    const { value, entry } = found;
    if (fits(value, asked.headers)) {
      const nowMs = cache.nowMs();
      return answerWith(value, asked, {
        ageS: entry === null ? null : ageSOf(value, entry, nowMs),
        status: explain(found, { ran: false }, { variant: step > 0, nowMs }),
        signature: { name, key: debug ? asked.key : null },
      });
    }
    key = variantKey(key, value.vary, selectionOf(value.vary, asked.headers));
  }
  return null;
}

/** Seconds since a stored response was generated. */
export const ageSOf = (
  { ageS }: StoredResponse,
  { createdMs }: { readonly createdMs: number },
  nowMs: number,
) => ageS + (nowMs - createdMs) / 1000;
