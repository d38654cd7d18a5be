import { urlWithScheme } from '../formats.ts';
import { definePreset } from '../preset.ts';
import { optionalVariable } from '../variable.ts';

export interface DatabaseEnv {
  /** Undefined: the embedded SQLite database. */
  readonly url: string | undefined;
  /** What `next build` reads. Undefined: the embedded SQLite database. */
  readonly buildUrl: string | undefined;
}

const databaseUrl = urlWithScheme('mysql:', 'mariadb:', 'file:');
const expected = 'a mysql:// or mariadb:// URL, or file: and the path of a SQLite database';

/** The database of the running site, and the one that a build reads. */
export const databaseEnv = definePreset({
  variables: {
    DATABASE_URL: optionalVariable(databaseUrl, {
      expected,
      example: 'mysql://user:password@localhost:3306/tbi',
    }),
    BUILD_DATABASE_URL: optionalVariable(databaseUrl, { expected, example: 'file:.data/build.sqlite' }),
  },
  build: (values): DatabaseEnv => ({ url: values.DATABASE_URL, buildUrl: values.BUILD_DATABASE_URL }),
});
