/** Tags that somebody in this process holds back, counted, because holders overlap. */
export interface TagHolds {
  readonly size: number;
  has(tag: string): boolean;
  add(tags: readonly string[]): void;
  release(tags: readonly string[]): void;
}

export function createTagHolds(): TagHolds {
  const counts = new Map<string, number>();
  return {
    get size() {
      return counts.size;
    },
    has: (tag) => counts.has(tag),
    add(tags) {
      for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    },
    release(tags) {
      for (const tag of tags) {
        const count = counts.get(tag) ?? 0;
        if (count > 1) counts.set(tag, count - 1);
        else counts.delete(tag);
      }
    },
  };
}
