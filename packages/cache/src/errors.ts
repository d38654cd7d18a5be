/** Told apart by `code`, because two module graphs in one process have two copies of any class. */
export type CacheErrorCode = 'ERR_CACHE_NOT_RECORDED' | 'ERR_CACHE_CLOSED' | 'ERR_CACHE_UNFOLLOWED';

export function cacheError(code: CacheErrorCode, message: string): Error & { readonly code: CacheErrorCode } {
  return Object.assign(new Error(message), { code });
}

/** The `code` of anything thrown, for logs and events: never its message, which may carry values. */
export function codeOf(error: unknown): string {
  const code = error instanceof Object && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'ERR_UNKNOWN';
}
