/**
 * The cache lifetimes that `cacheLife(name)` knows, in seconds. They are upper bounds: an edit invalidates
 * what it changes at once.
 *
 * - `stale`: how long a browser's router may show it again without asking (Next's least is 30).
 * - `revalidate`: after this, the next request refreshes it in the background. This bounds how long a change
 *   stays unseen that was made behind the site's back, directly in the database.
 * - `expire`: after this without a refresh it is gone. While the database is away, pages live on this.
 */
export const lifetimes = {
  /** Reports, categories, lists: changed through the admin pages, few distinct entries. */
  catalogue: { stale: 30, revalidate: 3_600, expire: 7 * 86_400 },
  /**
   * Free-text searches and addresses that do not exist: visitors make up as many as they like, so that no
   * entry may stay for long. Below 300 s Next would leave it out of prerendered pages.
   */
  search: { stale: 30, revalidate: 60, expire: 300 },
} as const;
