export type RedisErrorCode =
  | 'ERR_REDIS_DEADLINE'
  | 'ERR_REDIS_BREAKER_OPEN'
  | 'ERR_REDIS_UNAVAILABLE'
  | 'ERR_REDIS_REPLY';

export interface RedisError extends Error {
  readonly code: RedisErrorCode;
  /** The first word of the server's answer, for ERR_REDIS_REPLY: `WRONGTYPE`, `OOM`, … */
  readonly reply?: string;
}

/** Told apart by `code`, because two module graphs in one process have two copies of any class. */
export function redisError(code: RedisErrorCode, message: string): RedisError {
  return Object.assign(new Error(message), { code });
}

/**
 * The server's answer as an error of our own. The client's errors carry the arguments of the command, and with AUTH
 * the password, so nothing of them is kept but their text, and of that no more than is certain to quote no argument.
 */
export function replyError(label: string, answer: string): RedisError {
  const reply = firstWord(answer);
  const error = redisError('ERR_REDIS_REPLY', `Redis answered ${label} with: ${withoutQuotations(answer)}`);
  return Object.assign(error, { reply });
}

export function firstWord(answer: string): string {
  return /^[A-Z][A-Z0-9_-]*/.exec(answer)?.[0] ?? 'ERR';
}

const MAX_ANSWER_LENGTH = 160;

/** Redis puts what it repeats of a command into quotation marks of some kind. */
function withoutQuotations(answer: string): string {
  const [unquoted = ''] = answer.split(/['"`\r\n]/);
  return unquoted.slice(0, MAX_ANSWER_LENGTH).trim();
}
