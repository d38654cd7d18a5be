import type { Codec } from './types.ts';

/**
 * Null for a payload that the codec cannot read, such as one that another version of the app stored: a miss, not a
 * failed request.
 */
export function tryDecode<T>(codec: Codec<T>, payload: Buffer): { readonly value: T } | null {
  try {
    return { value: codec.decode(payload) };
  } catch {
    return null;
  }
}
