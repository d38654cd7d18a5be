import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Runs a function outside of any request, so that what it starts keeps no request's context alive.
 * Captured when this module is loaded, which no request waits for.
 */
export const inRootContext: <R>(run: () => R) => R = AsyncLocalStorage.snapshot();
