import { describeTarget, type RedisSettings } from './settings.ts';

/** Why there is no connection. Each is one line in a log. */
export type FailureCause =
  | 'not-opened'
  | 'connecting'
  | 'closed'
  | 'password-not-wanted'
  | 'password-wrong'
  | 'password-missing'
  | 'not-listening'
  | 'unknown-host'
  | 'unreachable'
  | 'certificate'
  | 'not-tls'
  | 'loading'
  | 'not-primary'
  | 'no-primary'
  | 'too-many-clients'
  | 'not-answering'
  | 'lost';

export interface Failure {
  readonly cause: FailureCause;
  /** One plain sentence: what is wrong, and what to do. Never a secret. */
  readonly sentence: string;
}

const sentences: Record<FailureCause, (target: string) => string> = {
  'not-opened': () => 'Nothing has used this connection yet.',
  connecting: (target) => `Connecting to ${target}.`,
  closed: () => 'This process has closed its connections.',
  'password-not-wanted': (target) =>
    `REDIS_PASSWORD is set but Redis at ${target} wants no password: unset it, or set requirepass on the server.`,
  'password-wrong': (target) =>
    `Redis at ${target} refuses the password: the one in REDIS_PASSWORD or in the URL is wrong.`,
  'password-missing': (target) => `Redis at ${target} wants a password and none is set: set REDIS_PASSWORD.`,
  'not-listening': (target) => `Nothing listens at ${target}: start Redis there, or correct the address.`,
  'unknown-host': (target) => `The name of ${target} cannot be resolved: correct the address.`,
  unreachable: (target) => `${target} cannot be reached: check the address, the network and firewalls.`,
  certificate: (target) => `The certificate of ${target} is not trusted: set REDIS_TLS_CA to its authority.`,
  'not-tls': (target) => `${target} does not speak TLS: use redis:// instead of rediss://.`,
  loading: (target) => `Redis at ${target} is still loading its data.`,
  'not-primary': (target) => `The server that the sentinels name for ${target} is not a primary (yet).`,
  'no-primary': (target) => `No sentinel names ${target}: check REDIS_SENTINELS and REDIS_SENTINEL_NAME.`,
  'too-many-clients': (target) => `Redis at ${target} takes no more clients: raise its maxclients.`,
  'not-answering': (target) => `Redis at ${target} accepts connections but does not answer.`,
  lost: (target) =>
    `The connection to ${target} was closed by the other side (a server that speaks TLS only?).`,
};

export function failure(cause: FailureCause, settings: RedisSettings): Failure {
  return { cause, sentence: sentences[cause](describeTarget(settings)) };
}

/** By a word of the error's text. */
const byText: readonly (readonly [RegExp, FailureCause])[] = [
  [/WRONGPASS|invalid password/, 'password-wrong'],
  [/NOAUTH/, 'password-missing'],
  [/max number of clients/, 'too-many-clients'],
  [/LOADING/, 'loading'],
  [/sentinels are unreachable/, 'no-primary'],
];

/** By the error's code. */
const byCode: readonly (readonly [RegExp, FailureCause])[] = [
  [/^ECONNREFUSED$/, 'not-listening'],
  [/^(ENOTFOUND|EAI_)/, 'unknown-host'],
  [/^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN)$/, 'unreachable'],
  [/^(EPROTO|ERR_SSL_)/, 'not-tls'],
  [/CERT|UNABLE_TO_|SELF_SIGNED|^ERR_TLS_/, 'certificate'],
];

/**
 * Reads the reason out of whatever the client reported. The error itself is dropped: it may carry the arguments of the
 * command, and with AUTH the password.
 */
export function explain(error: unknown, settings: RedisSettings): Failure {
  const message = error instanceof Error ? error.message : '';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const cause =
    byText.find(([pattern]) => pattern.test(message))?.[1] ??
    byCode.find(([pattern]) => pattern.test(code))?.[1] ??
    'lost';
  // A password was sent, and still the server wants one: it has another user's.
  const wrong = cause === 'password-missing' && settings.password !== undefined;
  return failure(wrong ? 'password-wrong' : cause, settings);
}
