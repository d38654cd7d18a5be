export interface Observed {
  readonly request: Request;
  /** Names of the fields that have been read, lower-case; `*` when all of them have. */
  readonly reads: ReadonlySet<string>;
}

const READS_ONE = new Set(['get', 'has']);
const READS_ALL = new Set<string | symbol>(['forEach', 'keys', 'values', 'entries', Symbol.iterator]);

/**
 * A request that notes which header fields are read. Nothing of the client's connection hangs on it: it stays when the
 * client goes away, and what only the client's own request object knows is not on it. A copy of it (`clone`,
 * `new Request`) has no header fields.
 */
export function observe(url: string, method: string, headers: Headers): Observed {
  const reads = new Set<string>();
  const watched = new Proxy(headers, {
    get(target, property) {
      if (READS_ALL.has(property)) reads.add('*');
      if (property === 'getSetCookie') reads.add('set-cookie');
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (READS_ONE.has(String(property))) reads.add(String(args[0]).toLowerCase());
        return Reflect.apply(value, target, args);
      };
    },
  });
  const request = new Request(url, { method });
  Object.defineProperty(request, 'headers', { value: watched, enumerable: true });
  return { request, reads };
}
