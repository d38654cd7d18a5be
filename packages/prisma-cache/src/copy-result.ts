/** Makes a copy that shares nothing with the original, nor with the copies before. */
export type Copier = () => unknown;

/**
 * Works out how to copy what Prisma makes results of: plain objects and lists, dates, decimals and bytes. Done once, it
 * spares every copy the question what each member is. The original must not change any more. Null for a result that
 * holds anything else: it cannot be copied with certainty.
 */
export function copierOf(value: unknown): Copier | null {
  if (typeof value === 'function') return null;
  if (typeof value !== 'object' || value === null) return () => value;
  if (Array.isArray(value)) return copierOfList(value);
  switch (Object.getPrototypeOf(value)) {
    case Object.prototype:
      return copierOfObject(value);
    case Date.prototype:
      return () => new Date(Number(value));
    case Uint8Array.prototype:
      return () => new Uint8Array(value as Uint8Array);
  }
  return isDecimal(value) ? () => new value.constructor(value) : null;
}

function copierOfList(list: readonly unknown[]): Copier | null {
  const members = copiersOf(list.keys(), list);
  if (members === null) return null;
  if (members.length === 0) return () => list.slice();
  return () => {
    const copy = list.slice();
    for (const { key, make } of members) copy[key] = make();
    return copy;
  };
}

function copierOfObject(from: object): Copier | null {
  const members = copiersOf(Object.keys(from), from as Readonly<Record<string, unknown>>);
  if (members === null) return null;
  if (members.length === 0) return () => ({ ...from });
  return () => {
    const copy: Record<string, unknown> = { ...from };
    for (const { key, make } of members) copy[key] = make();
    return copy;
  };
}

/** Of the members that a shallow copy would share. Null: one of them cannot be copied. */
function copiersOf<K extends PropertyKey>(keys: Iterable<K>, of: { readonly [key in K]?: unknown }) {
  const members: { readonly key: K; readonly make: Copier }[] = [];
  for (const key of keys) {
    const member = of[key];
    if ((typeof member !== 'object' && typeof member !== 'function') || member === null) continue;
    const make = copierOf(member);
    if (make === null) return null;
    members.push({ key, make });
  }
  return members;
}

interface Decimal {
  readonly constructor: (new (value: Decimal) => Decimal) & { isDecimal(value: unknown): boolean };
}

/** Told by its own constructor: there may be several copies of the class in a process. */
function isDecimal(value: object): value is Decimal {
  const { constructor: made } = value as { readonly constructor?: { readonly isDecimal?: unknown } };
  return typeof made?.isDecimal === 'function' && Reflect.apply(made.isDecimal, made, [value]) === true;
}
