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

/** The socket on which the run hands out its servers; set for its workers. */
export const BROKER_VARIABLE = 'TBI_TEST_BROKER';
