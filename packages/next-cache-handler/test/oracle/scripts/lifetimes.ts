import type { Script } from '../visitor.ts';

/** What the fixtures revalidate by time, they do after 3 s; it expires after 6 s. */
export const REVALIDATE_MS = 3_000;
export const EXPIRE_MS = 6_000;
/** How long after such a moment a script looks. */
export const PAST_MS = 150;

/** A redirect that is revalidated by time. `renewed`: what is shown of the answer that took the first one's place. */
export function movedScript(feature: string, path: string, renewed: string): Script {
  return {
    feature,
    async run({ slug, visit, after, settle }) {
      const url = `${path}/${slug}`;
      const made = await visit('rendered', url, '307 MISS target1');
      await visit('cached', url, '307 HIT target1', { within: [made, REVALIDATE_MS] });
      await visit('cached on every process', url, '307 HIT target1', { within: [made, REVALIDATE_MS] });
      await after(made, REVALIDATE_MS + PAST_MS);
      const stale = await visit('stale', url, '307 STALE target1', { within: [made, EXPIRE_MS] });
      await settle();
      await visit('renewed', url, `307 HIT ${renewed}`, { within: [stale, REVALIDATE_MS] });
    },
  };
}
