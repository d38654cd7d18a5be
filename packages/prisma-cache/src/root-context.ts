import { AsyncLocalStorage } from 'node:async_hooks';

/** Runs a function outside of any request, so that a timer that it starts keeps no request's context alive. */
export const inRootContext: <R>(run: () => R) => R = AsyncLocalStorage.snapshot();
