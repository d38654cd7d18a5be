import { databaseError } from '../errors.ts';
import { type Locale, locales } from '../seed-data.ts';

/** Ids by slug. */
export type Ids = ReadonlyMap<string, number>;

/** Content that came with the product has the same times in every database, which `fingerprint` relies on. */
export const catalogueFounded = new Date('2024-01-01T00:00:00Z');

const rowsPerInsert = 100;

export function idsBySlug(rows: readonly { readonly id: number; readonly slug: string }[]): Ids {
  return new Map(rows.map(({ slug, id }) => [slug, id]));
}

/** @throws `ERR_SEED` */
export function idOf(ids: Ids, slug: string): number {
  const id = ids.get(slug);
  if (id !== undefined) return id;
  throw databaseError('ERR_SEED', `The content refers to "${slug}", which it does not have.`);
}

/**
 * Every (item, locale) whose translation is not there yet.
 *
 * @param present the translations that exist, with the id of what they translate
 */
export function missingTranslations<T extends { readonly slug: string }>(
  items: readonly T[],
  ids: Ids,
  present: readonly { readonly ownerId: number; readonly locale: string }[],
): { item: T; ownerId: number; locale: Locale }[] {
  const key = (ownerId: number, locale: string) => `${ownerId} ${locale}`;
  const translated = new Set(present.map(({ ownerId, locale }) => key(ownerId, locale)));
  return items.flatMap((item) => {
    const ownerId = idOf(ids, item.slug);
    return locales
      .filter((locale) => !translated.has(key(ownerId, locale)))
      .map((locale) => ({ item, ownerId, locale }));
  });
}

/** Keeps statements below the databases' limits of parameters and packet size. */
export function chunks<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / rowsPerInsert) }, (_, index) =>
    rows.slice(index * rowsPerInsert, (index + 1) * rowsPerInsert),
  );
}
