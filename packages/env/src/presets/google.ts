import { secret, text } from '../formats.ts';
import { definePreset } from '../preset.ts';
import { optionalVariable } from '../variable.ts';

/** The site as Google knows it. Null: no sign-in with Google. */
export type GoogleEnv = { readonly clientId: string; readonly clientSecret: string } | null;

/** Sign-in with Google. */
export const googleEnv = definePreset({
  variables: {
    GOOGLE_CLIENT_ID: optionalVariable(text, {
      expected: 'the id of an OAuth client of Google',
      example: '1234.apps.googleusercontent.com',
    }),
    GOOGLE_CLIENT_SECRET: optionalVariable(secret, {
      expected: 'the secret of that client',
      example: 'the one that the Google Cloud console shows',
    }),
  },
  check(values) {
    const names = ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'] as const;
    if (!names.every((name) => name in values)) return [];
    const missing = names.filter((name) => !values[name]);
    return missing.length === 1
      ? missing.map((variable) => ({ variable, text: 'missing; the other half of the client is set' }))
      : [];
  },
  build: ({ GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret }): GoogleEnv =>
    clientId && clientSecret ? { clientId, clientSecret } : null,
});
