export interface HotEntry {
  readonly kind: string;
  readonly name: string;
  /** At most this many lookups since the process started. */
  readonly lookups: number;
}

/**
 * The entries that are looked up most, in bounded memory: Metwally, Agrawal, El Abbadi, "Efficient computation of
 * frequent and top-k elements in data streams" (2005). What is asked for more often than once in `capacity` lookups is
 * certain to be among them; a count may be too high by that of the entry which it replaced.
 */
export function createHotEntries(capacity = 128) {
  const counts = new Map<string, number>();

  function leastFrequent(): readonly [string, number] | undefined {
    let least: readonly [string, number] | undefined;
    for (const entry of counts) if (least === undefined || entry[1] < least[1]) least = entry;
    return least;
  }

  return {
    note(kind: string, key: string) {
      const name = `${kind}:${key}`;
      const known = counts.get(name);
      const replaced = known === undefined && counts.size >= capacity ? leastFrequent() : undefined;
      if (replaced !== undefined) counts.delete(replaced[0]);
      counts.set(name, (known ?? replaced?.[1] ?? 0) + 1);
    },
    top(length: number): HotEntry[] {
      return [...counts]
        .sort(([, a], [, b]) => b - a)
        .slice(0, length)
        .map(([name, lookups]) => {
          const colon = name.indexOf(':');
          return { kind: name.slice(0, colon), name: name.slice(colon + 1), lookups };
        });
    },
  };
}
