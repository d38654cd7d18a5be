/**
 * What a development server will use, in one line without secrets.
 *
 * @param {Record<string, string | undefined>} env
 * @returns {string}
 */
export function describeSetup(env) {
  const redis = env.REDIS_URL || env.REDIS_SENTINELS || env.REDIS_CLUSTER_NODES;
  const cache = redis ? `Redis at ${hosts(redis)}` : 'in memory';
  const database = env.DATABASE_URL ? describeDatabase(env.DATABASE_URL) : 'SQLite at .data/tbi.sqlite';
  const missing = [redis ? '' : 'REDIS_URL', env.DATABASE_URL ? '' : 'DATABASE_URL'].filter(Boolean);
  const hint = missing.length === 0 ? '' : `; set ${missing.join(' and ')} for the real thing`;
  return `cache: ${cache}, database: ${database}${hint}`;
}

/** @param {string} url */
function describeDatabase(url) {
  return url.startsWith('file:') ? `SQLite at ${url.slice('file:'.length)}` : `MySQL at ${hosts(url)}`;
}

/**
 * Host and port of each URL in a list; nothing of what may stand before them.
 *
 * @param {string} list
 */
function hosts(list) {
  return list
    .split(',')
    .map((item) =>
      item
        .replace(/^[a-z]+:\/\//i, '')
        .replace(/^.*@/, '')
        .replace(/[/?#].*$/, ''),
    )
    .join(', ');
}
