/**
 * One value per process, made at the first call. A module of the app exists several times in a process (pages,
 * route handlers and instrumentation are separate bundles, and development loads changed ones anew), so that
 * a module variable is not enough for what must exist once.
 */
export function processSlot<T>(name: string, create: () => T): T {
  const slots = globalThis as unknown as Record<symbol, T | undefined>;
  const key = Symbol.for(`@tbi/web/${name}`);
  slots[key] ??= create();
  return slots[key];
}
