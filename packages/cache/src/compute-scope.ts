import { AsyncLocalStorage } from 'node:async_hooks';
import { inRootContext } from './root-context.ts';
import type { Entry } from './types.ts';

/** What a running computation has used of other entries: its own result can be no better than these. */
export interface ComputeScope {
  readonly tags: Set<string>;
  /** Redis time at which the first of them stops being fresh. */
  freshUntilMs: number;
  /** An outdated value was used because computing a newer one failed: the result must not be stored. */
  tainted: boolean;
}

const scopes = new AsyncLocalStorage<ComputeScope>();

export const currentScope = (): ComputeScope | undefined => scopes.getStore();

/** `detached`: of the caller's async context, the computation sees nothing. */
export function runInScope<T>(
  compute: () => Promise<T>,
  detached: boolean,
): { scope: ComputeScope; value: Promise<T> } {
  const scope: ComputeScope = { tags: new Set(), freshUntilMs: Number.POSITIVE_INFINITY, tainted: false };
  const run = () => scopes.run(scope, compute);
  return { scope, value: detached ? inRootContext(run) : run() };
}

/** Tells the surrounding computation, if there is one, that it read what these tags stand for. */
export function noteTags(tags: readonly string[]) {
  const scope = currentScope();
  if (scope === undefined) return;
  for (const tag of tags) scope.tags.add(tag);
}

/** Tells the surrounding computation, if there is one, that it used this entry. */
export function noteUse(entry: Entry) {
  noteTags(entry.tags);
  const scope = currentScope();
  if (scope === undefined) return;
  scope.freshUntilMs = Math.min(scope.freshUntilMs, entry.createdMs + entry.freshForMs);
}
