import { flag, secret, urlWithScheme } from '../formats.ts';
import { definePreset, type Problem } from '../preset.ts';
import { sealKeys } from '../seal-keys.ts';
import { optionalVariable, variable } from '../variable.ts';
import { redisVariables } from './redis-variables.ts';

export interface AuthEnv {
  /** The site's own address. Undefined: that of development, http://localhost:3000. */
  readonly url: string | undefined;
  /** Signs and encrypts sessions. */
  readonly secret: string;
  /** Keep sessions in Redis rather than in the cookie itself. */
  readonly redisSessions: boolean;
  /** What the data of sessions in Redis are encrypted with, the newest first; `plain` may be the last. */
  readonly sessionKeys: readonly string[];
  /** Goes into the names of the keys of sessions. */
  readonly sessionPepper: string | undefined;
}

/** Any of them says where sessions can be kept. */
const { REDIS_URL, REDIS_SENTINELS, REDIS_CLUSTER_NODES, REDIS_SESSIONS_URL } = redisVariables;
const places = { REDIS_URL, REDIS_SENTINELS, REDIS_CLUSTER_NODES, REDIS_SESSIONS_URL };

/** What signs sessions where NEXTAUTH_SECRET is not demanded. Everybody knows it, so production refuses it. */
export const DEVELOPMENT_SECRET = 'known-to-everybody-development-only';

const MIN_SECRET_LENGTH = 16;
const missing =
  'missing; production needs a secret of its own, for example the output of `openssl rand -base64 32`';

/** Sign-in. Production demands NEXTAUTH_SECRET, except while it builds. */
export const authEnv = definePreset({
  variables: {
    NEXTAUTH_URL: optionalVariable(urlWithScheme('http:', 'https:'), {
      expected: 'the http:// or https:// address of the site',
      example: 'https://reports.example.com',
    }),
    NEXTAUTH_SECRET: optionalVariable(secret.min(MIN_SECRET_LENGTH), {
      expected: `a random text of at least ${MIN_SECRET_LENGTH} characters`,
      example: 'the output of `openssl rand -base64 32`',
    }),
    USE_REDIS_SESSIONS: variable(flag, { expected: 'true or false', example: 'true', default: 'false' }),
    SESSION_ENCRYPTION_KEYS: optionalVariable(sealKeys, {
      expected: '32 bytes in base64 each, separated by commas, the newest first; the last may be `plain`',
      example: 'the output of `openssl rand -base64 32`',
    }),
    SESSION_PEPPER: optionalVariable(secret.min(MIN_SECRET_LENGTH), {
      expected: `a random text of at least ${MIN_SECRET_LENGTH} characters`,
      example: 'the output of `openssl rand -base64 32`',
    }),
    ...places,
  },
  check(values, { production, building }) {
    const problems: Problem[] = [];
    if (building) return problems;
    const own = (values.NEXTAUTH_SECRET ?? DEVELOPMENT_SECRET) !== DEVELOPMENT_SECRET;
    if (production && 'NEXTAUTH_SECRET' in values && !own) {
      problems.push({ variable: 'NEXTAUTH_SECRET', text: missing });
    }
    // Absent is what could not be read: that is reported already.
    const nowhere = Object.keys(places).every(
      (name) => name in values && !values[name as keyof typeof places],
    );
    if (values.USE_REDIS_SESSIONS && nowhere) {
      problems.push({
        variable: 'USE_REDIS_SESSIONS',
        text: 'it is true, but no Redis is named; set REDIS_SESSIONS_URL or REDIS_URL',
      });
    }
    return problems;
  },
  build: (values): AuthEnv => ({
    url: values.NEXTAUTH_URL,
    secret: values.NEXTAUTH_SECRET ?? DEVELOPMENT_SECRET,
    redisSessions: values.USE_REDIS_SESSIONS,
    sessionKeys: values.SESSION_ENCRYPTION_KEYS ?? [],
    sessionPepper: values.SESSION_PEPPER,
  }),
});
