import { secret } from '../formats.ts';
import { definePreset } from '../preset.ts';
import { optionalVariable } from '../variable.ts';
import { redisPassword, redisSessionsPassword } from './redis-variables.ts';

export interface ServicesEnv {
  readonly redisPassword: string | undefined;
  readonly redisSessionsPassword: string | undefined;
  readonly mysqlRootPassword: string | undefined;
  readonly mysqlPassword: string | undefined;
}

const mysqlPassword = {
  expected: 'a password, as plain text',
  example: 'the output of `openssl rand -hex 24`',
};

/** Passwords of the servers that this repository itself starts for development. */
export const servicesEnv = definePreset({
  variables: {
    REDIS_PASSWORD: redisPassword,
    REDIS_SESSIONS_PASSWORD: redisSessionsPassword,
    MYSQL_ROOT_PASSWORD: optionalVariable(secret, mysqlPassword),
    MYSQL_PASSWORD: optionalVariable(secret, mysqlPassword),
  },
  build: (values): ServicesEnv => ({
    redisPassword: values.REDIS_PASSWORD,
    redisSessionsPassword: values.REDIS_SESSIONS_PASSWORD,
    mysqlRootPassword: values.MYSQL_ROOT_PASSWORD,
    mysqlPassword: values.MYSQL_PASSWORD,
  }),
});
