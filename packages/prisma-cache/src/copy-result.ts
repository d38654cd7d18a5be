/** What cannot be copied with certainty. */
export const NOT_COPIED = Symbol('not copied');

/**
 * A copy that shares nothing with the original, of what Prisma makes results of: plain objects and lists, dates,
 * decimals and bytes. `NOT_COPIED` for a result that holds anything else.
 */
export function copyResult(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? NOT_COPIED : value;
  if (Array.isArray(value)) return copyList(value);
  switch (Object.getPrototypeOf(value)) {
    case Object.prototype:
      return copyObject(value);
    case Date.prototype:
      return new Date(Number(value));
    case Uint8Array.prototype:
      return new Uint8Array(value as Uint8Array);
  }
  return isDecimal(value) ? new value.constructor(value) : NOT_COPIED;
}

function copyList(list: readonly unknown[]): unknown {
  const copy: unknown[] = new Array(list.length);
  for (let at = 0; at < list.length; at += 1) {
    const item = copyResult(list[at]);
    if (item === NOT_COPIED) return NOT_COPIED;
    copy[at] = item;
  }
  return copy;
}

function copyObject(from: object): unknown {
  const copy: Record<string, unknown> = { ...from };
  for (const key in copy) {
    const member = copy[key];
    if (typeof member !== 'object' && typeof member !== 'function') continue;
    const value = copyResult(member);
    if (value === NOT_COPIED) return NOT_COPIED;
    copy[key] = value;
  }
  return copy;
}

interface Decimal {
  readonly constructor: (new (value: Decimal) => Decimal) & { isDecimal(value: unknown): boolean };
}

/** Told by its own constructor: there may be several copies of the class in a process. */
function isDecimal(value: object): value is Decimal {
  const { constructor: made } = value as { readonly constructor?: { readonly isDecimal?: unknown } };
  return typeof made?.isDecimal === 'function' && Reflect.apply(made.isDecimal, made, [value]) === true;
}
