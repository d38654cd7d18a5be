import { createHash } from 'node:crypto';

export interface KeyParts {
  /** Whose entries these are; null for everybody's. Digested: it may be an e-mail address. */
  readonly user: string | null;
  /** Origin, path and query as the handler sees them; with a `keyGenerator`, origin and path, and what it returned. */
  readonly origin: string;
  readonly path: string;
  readonly query: string;
  readonly generated: string | null;
  /** What the request says in the fields of the option `vary`. */
  readonly selection: string;
}

/**
 * The key of what a request asks for: injective, of fixed size, safe with any text in it. A digest, because a query may
 * hold what must not get into keys.
 */
export function primaryKey({ user, origin, path, query, generated, selection }: KeyParts): string {
  const owner = user === null ? 'shared' : `user ${user}`;
  return digest([owner, origin, path, generated === null ? query : '', generated ?? '', selection], {
    generated: generated !== null,
  });
}

/** Where to look when the response under `key` was selected by other request fields: one key further. */
export const variantKey = (key: string, names: readonly string[], selection: string): string =>
  digest([key, names.join(','), selection], { generated: false });

function digest(parts: readonly string[], { generated }: { readonly generated: boolean }): string {
  const hash = createHash('sha256').update(generated ? 'g' : 'u');
  for (const part of parts) {
    // Lone surrogates survive in UTF-16, and lengths keep the borders of the parts.
    hash.update(`${part.length}:`, 'utf16le').update(part, 'utf16le');
  }
  return hash.digest('base64url');
}
