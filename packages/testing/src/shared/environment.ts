/**
 * Servers that the tests may use, given by whoever runs them. Tests keep to keys that begin with the run's
 * prefix and to databases that they create (`tbi_test_…`), and remove both at the end. Tests that kill or
 * reconfigure a server start their own all the same.
 */
export function givenServers(): {
  readonly redisUrl: string | undefined;
  readonly databaseUrl: string | undefined;
} {
  return {
    redisUrl: process.env.TEST_REDIS_URL || undefined,
    databaseUrl: process.env.TEST_DATABASE_URL || undefined,
  };
}

/**
 * Whether the Redis servers that tests start are as deploy/redis makes them: TLS only, no default user, and users who
 * may do what the site does and nothing else. `UNHARDENED` has the exceptions.
 */
export function hardenedRedis(): boolean {
  return Boolean(process.env.TEST_REDIS_HARDENED);
}

/** Set for the workers of a run with hardened servers. */
export const HARDENED_FOLDER_VARIABLE = 'TBI_TEST_HARDENED';

/** The folder of the run's authority, certificate and passwords, when Redis is hardened. */
export function hardenedFolder(): string | undefined {
  return process.env[HARDENED_FOLDER_VARIABLE] || undefined;
}

/** The socket on which the run hands out its servers; set for its workers. */
export const BROKER_VARIABLE = 'TBI_TEST_BROKER';
