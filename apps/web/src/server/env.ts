import {
  authEnv,
  databaseEnv,
  googleEnv,
  mailEnv,
  operationsEnv,
  type Preset,
  prismaCacheEnv,
  readEnv,
  redisEnv,
  serverEnv,
} from '@tbi/env';

/** Whether `next build` is running, and whether this is production: told by the framework, not by an operator. */
const runtime: Preset<{ readonly production: boolean; readonly building: boolean }> = {
  variables: {},
  read: (_source, circumstances) => ({ ok: true, value: circumstances }),
};

function read() {
  return readEnv({
    auth: authEnv,
    database: databaseEnv,
    prismaCache: prismaCacheEnv,
    google: googleEnv,
    mail: mailEnv,
    operations: operationsEnv,
    redis: redisEnv,
    server: serverEnv,
    runtime,
  });
}

let known: ReturnType<typeof read> | undefined;

/**
 * The settings of this process, read once at the first call.
 *
 * @throws `ERR_ENV`, with every wrong or missing variable.
 */
export function environment(): ReturnType<typeof read> {
  known ??= read();
  return known;
}
