import * as z from 'zod';
import { secret } from '../formats.ts';
import { definePreset } from '../preset.ts';
import { optionalVariable, variable } from '../variable.ts';

export interface AdminEnv {
  readonly email: string;
  /** Undefined: what seeds the database decides; production may not use a password that everybody knows. */
  readonly password: string | undefined;
  readonly production: boolean;
}

/** The administrator whom seeding creates. */
export const adminEnv = definePreset({
  variables: {
    ADMIN_EMAIL: variable(z.string().trim().pipe(z.email()), {
      expected: 'an e-mail address',
      example: 'admin@example.com',
      default: 'admin@example.com',
    }),
    ADMIN_PASSWORD: optionalVariable(secret.min(8), {
      expected: 'a password of at least 8 characters',
      example: 'the output of `openssl rand -base64 18`',
    }),
  },
  build: (values, { production }): AdminEnv => ({
    email: values.ADMIN_EMAIL,
    password: values.ADMIN_PASSWORD,
    production,
  }),
});
