import type { Problem } from '../preset.ts';
import type { RedisValues } from './redis-variables.ts';

const ways = ['REDIS_URL', 'REDIS_SENTINELS', 'REDIS_CLUSTER_NODES'] as const;
/** Unset, it begins like this and goes on with the app's name. */
const UNSET_KEY_PREFIX = 'tbi:';
const addresses = [...ways, 'REDIS_SESSIONS_URL'] as const;

/** What the variables of one Redis cannot say at the same time. */
export function redisContradictions(values: Partial<RedisValues>): Problem[] {
  const problems: Problem[] = [];
  const report = (variable: string, text: string) => problems.push({ variable, text });
  // Absent is what could not be read: that is reported already.
  const isUnset = (name: keyof RedisValues) => name in values && values[name] === undefined;

  const given = ways.filter((way) => values[way]);
  if (given.length > 1) {
    report(given.join(', '), 'they name the same Redis in different ways; set only one of them');
  }
  if (values.REDIS_SENTINELS && isUnset('REDIS_SENTINEL_NAME')) {
    report(
      'REDIS_SENTINEL_NAME',
      'missing; REDIS_SENTINELS is set, so it must name the primary, for example mymaster',
    );
  }
  if (values.REDIS_SENTINEL_NAME && isUnset('REDIS_SENTINELS')) {
    report(
      'REDIS_SENTINELS',
      'missing; REDIS_SENTINEL_NAME is set, for example sentinel-1:26379,sentinel-2:26379',
    );
  }
  passwordTwice('REDIS_URL', 'REDIS_PASSWORD');
  passwordTwice('REDIS_SESSIONS_URL', 'REDIS_SESSIONS_PASSWORD');
  if (values.REDIS_TLS_CA && addresses.every((name) => name in values && !values[name]?.tls)) {
    report('REDIS_TLS_CA', 'no Redis here speaks TLS; write rediss:// in the URL, or unset REDIS_TLS_CA');
  }
  const { REDIS_KEY_PREFIX: cache, REDIS_SESSIONS_PREFIX: sessions } = values;
  if (sessions && overlap(cache, sessions)) {
    report(
      'REDIS_KEY_PREFIX, REDIS_SESSIONS_PREFIX',
      'neither may begin with the other, or clearing the cache would clear sessions; for example shop: and shop-sess:',
    );
  }
  return problems;

  function passwordTwice(
    url: 'REDIS_URL' | 'REDIS_SESSIONS_URL',
    name: 'REDIS_PASSWORD' | 'REDIS_SESSIONS_PASSWORD',
  ) {
    const inUrl = values[url]?.password;
    if (inUrl && values[name] && inUrl !== values[name]) {
      report(name, `${url} holds another password; set only one of them`);
    }
  }
}

function overlap(cache: string | undefined, sessions: string): boolean {
  if (cache === undefined) return UNSET_KEY_PREFIX.startsWith(sessions);
  return cache.startsWith(sessions) || sessions.startsWith(cache);
}
