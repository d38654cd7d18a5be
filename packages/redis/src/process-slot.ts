import { createHash } from 'node:crypto';

const slots: Record<symbol, unknown> = globalThis;

/**
 * One value for the whole process, under `Symbol.for('@tbi/' + name)`. Code that Next bundles and code that Next loads
 * by path are two module graphs in one process; a variable of a module would exist once in each.
 */
export function processSlot<T>(name: string, create: () => T): T {
  const key = slotKey(name);
  // Whoever filled the slot used the same name, hence the same kind of value, perhaps from the other graph.
  if (!(key in slots)) slots[key] = create();
  return slots[key] as T;
}

/** Empties a slot, so that its next use creates a new value. */
export function clearProcessSlot(name: string): void {
  delete slots[slotKey(name)];
}

/** A short name for settings that may hold secrets: equal settings, equal name. */
export function fingerprint(settings: unknown): string {
  const text = JSON.stringify(settings, (_, value: unknown) => sorted(value));
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

const slotKey = (name: string) => Symbol.for(`@tbi/${name}`);

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
