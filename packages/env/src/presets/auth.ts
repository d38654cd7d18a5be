import { flag, secret, urlWithScheme } from '../formats.ts';
import { definePreset } from '../preset.ts';
import { optionalVariable, variable } from '../variable.ts';

export interface AuthEnv {
  /** The site's own address. Undefined: taken from each request. */
  readonly url: string | undefined;
  /** Signs and encrypts sessions. */
  readonly secret: string;
  /** Keep sessions in Redis rather than in the cookie itself. */
  readonly redisSessions: boolean;
}

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
  },
  check(values, { production, building }) {
    if (!production || building || !('NEXTAUTH_SECRET' in values)) return [];
    const own = (values.NEXTAUTH_SECRET ?? DEVELOPMENT_SECRET) !== DEVELOPMENT_SECRET;
    return own ? [] : [{ variable: 'NEXTAUTH_SECRET', text: missing }];
  },
  build: (values): AuthEnv => ({
    url: values.NEXTAUTH_URL,
    secret: values.NEXTAUTH_SECRET ?? DEVELOPMENT_SECRET,
    redisSessions: values.USE_REDIS_SESSIONS,
  }),
});
