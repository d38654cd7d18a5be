/** What operators are told of each kind of entry. A kind that is not listed is private. */
export const KINDS: Readonly<
  Record<string, { readonly title: string; readonly holds: string; readonly isPublic: boolean }>
> = {
  page: { title: 'pages', holds: 'HTML, RSC payloads and route handlers of Next', isPublic: true },
  fetch: { title: 'fetch', holds: 'responses to `fetch` and results of `unstable_cache`', isPublic: false },
  'use-cache': { title: 'use-cache', holds: 'results of `use cache` functions', isPublic: false },
  image: { title: 'images', holds: 'optimised images', isPublic: false },
  api: { title: 'api', holds: 'responses of cached API routes', isPublic: false },
  prisma: { title: 'prisma', holds: 'results of database queries', isPublic: false },
};

export const isPublicKind = (kind: string): boolean => KINDS[kind]?.isPublic ?? false;

const MAX_LABELS = 24;

/** Kinds are written in code, so there are few. Should somebody make them of input, metrics must not grow with it. */
export function createKindLabels(): (kind: string) => string {
  const seen = new Set(Object.keys(KINDS));
  return (kind) => {
    if (seen.has(kind)) return kind;
    if (seen.size >= MAX_LABELS) return 'other';
    seen.add(kind);
    return kind;
  };
}
