/**
 * What a development server will use, in one line without secrets.
 *
 * @param {Record<string, string | undefined>} env
 * @returns {string}
 */
export function describeSetup(env) {
  const redis = describeRedis(env);
  const missing = [redis ? '' : 'REDIS_URL', env.DATABASE_URL ? '' : 'DATABASE_URL'].filter(Boolean);
  const hint = missing.length === 0 ? '' : `; set ${missing.join(' and ')} for the real thing`;
  return `cache: ${redis ?? 'in memory'}, database: ${describeDatabase(env.DATABASE_URL)}${hint}`;
}

/** @param {Record<string, string | undefined>} env */
function describeRedis({ REDIS_URL, REDIS_SENTINELS, REDIS_CLUSTER_NODES }) {
  if (REDIS_URL) return `Redis at ${hostOf(REDIS_URL)}`;
  const list = REDIS_SENTINELS || REDIS_CLUSTER_NODES;
  return list ? `Redis at ${list.split(',').map(hostOf).join(', ')}` : undefined;
}

/** @param {string | undefined} url */
function describeDatabase(url) {
  if (!url) return 'SQLite at .data/tbi.sqlite';
  return url.startsWith('file:') ? `SQLite at ${url.slice('file:'.length)}` : `MySQL at ${hostOf(url)}`;
}

/**
 * Host and port, also of a URL that is written wrongly: no user and no password.
 *
 * @param {string} url
 */
function hostOf(url) {
  return url
    .trim()
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/^.*@/, '')
    .replace(/[/?#].*$/, '');
}
