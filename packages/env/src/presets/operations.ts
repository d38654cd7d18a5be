import { z } from 'zod';
import { secret, wholeNumber } from '../formats.ts';
import { definePreset } from '../preset.ts';
import { optionalVariable, variable } from '../variable.ts';

export interface OperationsEnv {
  /** What operators' tools show instead of an administrator's session. Undefined: no token opens anything. */
  readonly token: string | undefined;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly alerts: {
    readonly memoryPercent: number;
    readonly memoryBytes: number;
    readonly connections: number;
    readonly slowQueries: number;
    readonly evictionsPerMinute: number;
    readonly logLagMs: number;
    readonly hitRateDropPercent: number;
  };
}

const MIN_TOKEN_LENGTH = 16;

const threshold = (expected: string, value: string, max = Number.MAX_SAFE_INTEGER) =>
  variable(wholeNumber(1, max), { expected, example: value, default: value });

/** Who may look and steer, what is logged, and when to worry. */
export const operationsEnv = definePreset({
  variables: {
    OPS_TOKEN: optionalVariable(secret.min(MIN_TOKEN_LENGTH), {
      expected: `a random text of at least ${MIN_TOKEN_LENGTH} characters`,
      example: 'the output of `openssl rand -hex 24`',
    }),
    LOG_LEVEL: variable(z.enum(['debug', 'info', 'warn', 'error', 'silent']), {
      expected: 'debug, info, warn, error or silent',
      example: 'info',
      default: 'info',
    }),
    ALERT_MEMORY_PERCENT: threshold('a whole number of percent from 1 to 100', '90', 100),
    ALERT_MEMORY_BYTES: threshold('a whole number of bytes', '1073741824'),
    ALERT_CONNECTIONS: threshold('a whole number of connections', '100'),
    // So many are read of the slow log: packages/operations/src/redis-report.ts.
    ALERT_SLOW_QUERIES: threshold('a whole number of commands in ten minutes, from 1 to 128', '1', 128),
    ALERT_EVICTIONS_PER_MINUTE: threshold('a whole number of keys a minute', '60'),
    ALERT_LOG_LAG_MS: threshold('a whole number of milliseconds', '1000'),
    ALERT_HIT_RATE_DROP_PERCENT: threshold('a whole number of percentage points from 1 to 100', '30', 100),
  },
  build: (values): OperationsEnv => ({
    token: values.OPS_TOKEN,
    logLevel: values.LOG_LEVEL,
    alerts: {
      memoryPercent: values.ALERT_MEMORY_PERCENT,
      memoryBytes: values.ALERT_MEMORY_BYTES,
      connections: values.ALERT_CONNECTIONS,
      slowQueries: values.ALERT_SLOW_QUERIES,
      evictionsPerMinute: values.ALERT_EVICTIONS_PER_MINUTE,
      logLagMs: values.ALERT_LOG_LAG_MS,
      hitRateDropPercent: values.ALERT_HIT_RATE_DROP_PERCENT,
    },
  }),
});
