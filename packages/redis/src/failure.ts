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
  | 'no-database'
  | 'loading'
  | 'not-primary'
  | 'became-replica'
  | 'no-primary'
  | 'failover'
  | 'no-node'
  | 'too-many-clients'
  | 'not-answering'
  | 'turned-away'
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
  'not-tls': (target) =>
    `${target} completes no TLS handshake: if it speaks no TLS, use redis://, not rediss://.`,
  'no-database': (target) =>
    `Redis at ${target} has no database of the number in the URL, or the user may not SELECT it: take another one.`,
  loading: (target) => `Redis at ${target} is still loading its data.`,
  'not-primary': (target) => `The server that the sentinels name for ${target} is not a primary (yet).`,
  'became-replica': (target) => `${target} has become a replica and takes no writes.`,
  'no-primary': (target) => `No sentinel names ${target}: check REDIS_SENTINELS and REDIS_SENTINEL_NAME.`,
  failover: (target) => `The sentinels have made another server ${target}.`,
  'no-node': (target) => `${target} has no node that answers, or is not complete: check REDIS_CLUSTER_NODES.`,
  'too-many-clients': (target) => `Redis at ${target} takes no more clients: raise its maxclients.`,
  'not-answering': (target) => `Redis at ${target} accepts connections but does not answer.`,
  'turned-away': (target) => `${target} closes connections at once: if it speaks TLS only, use rediss://.`,
  lost: (target) => `The connection to ${target} was lost.`,
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
    byCode.find(([pattern]) => pattern.test(code))?.[1];
  return failure(inContext(cause, settings), settings);
}

/** What a cause means for these settings. */
function inContext(cause: FailureCause | undefined, { mode, password, tls }: RedisSettings): FailureCause {
  // A password was sent, and still the server wants one: it has another user's.
  if (cause === 'password-missing' && password !== undefined) return 'password-wrong';
  // A server without TLS waits for the end of a line that never comes.
  if (cause === 'unreachable' && tls !== undefined) return 'not-tls';
  return cause ?? (mode === 'cluster' ? 'no-node' : 'turned-away');
}

/** Says no more than that there is no connection. */
export const isVague = ({ cause }: Failure) => cause === 'turned-away' || cause === 'no-node';
