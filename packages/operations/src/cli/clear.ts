import { createInterface } from 'node:readline/promises';
import { sessionKeyPrefix } from '@tbi/auth-redis';
import { createRedis } from '@tbi/redis';
import { KINDS } from '../kinds.ts';
import { createServers } from '../servers.ts';
import { walkKeys } from '../walk.ts';
import { type Command, EXIT } from './command.ts';
import type { Context } from './context.ts';

const SESSIONS = 'sessions';

/**
 * First the record, which makes every copy unusable on every process at once; then the memory is freed, a few keys at
 * a time. Only keys below our own prefix, and never a session unless that is the word.
 */
export const clearCommand: Command = async (context, { args, kind, yes }, output) => {
  const named = [...args, ...kind];
  const unknown = named.filter((name) => name !== SESSIONS && !Object.hasOwn(KINDS, name));
  if (unknown.length > 0) {
    throw new TypeError(
      `There is no kind "${unknown[0]}". There are: ${[...Object.keys(KINDS), SESSIONS].join(', ')}`,
    );
  }
  const kinds = named.length === 0 ? Object.keys(KINDS) : named.filter((name) => name !== SESSIONS);
  const withSessions = named.includes(SESSIONS);
  const what = [...kinds, ...(withSessions ? ['every session: everybody is signed out'] : [])].join(', ');
  if (!yes && !(await isConfirmed(`Clear below "${context.redis.keyPrefix}": ${what}?`))) {
    output.line('Nothing was cleared. (--yes asks nothing.)');
    return EXIT.unhealthy;
  }
  let position: string | null = null;
  let removed = 0;
  if (kinds.length > 0) {
    const answer = await context.operations.invalidate(
      { kinds, tags: [], paths: [], wait: false },
      context.who,
    );
    if (answer.pending) throw Object.assign(new Error('Redis did not record it.'), { code: 'ERR_REDIS' });
    position = answer.position;
    removed = await context.operations.entries.remove(kinds);
  }
  const sessions = withSessions ? await clearSessions(context) : 0;
  output.show({ position, removed, sessions }, () => [
    `cleared ${removed} entries${position === null ? '' : ` (recorded at ${position})`}`,
    ...(withSessions ? [`cleared ${sessions} sessions`] : []),
  ]);
  return EXIT.ok;
};

async function clearSessions({ sessions, operations, who }: Context): Promise<number> {
  if (sessions === null) return 0;
  const log = { info() {}, warn() {} };
  const pool = createRedis(sessions, { name: 'cli-clear', log });
  const servers = createServers({ pool, settings: sessions, keyPrefix: '' }, log);
  let removed = 0;
  try {
    await pool.connect();
    // Before the first one goes: what stops half-way has signed people out, too.
    const asked = { tags: [], paths: [], kinds: [SESSIONS] };
    await operations.audit.add({ at: new Date().toISOString(), who, asked, position: null });
    for await (const { keys } of walkKeys(servers, { keyPrefix: sessionKeyPrefix(sessions.keyPrefix) })) {
      const replies = await Promise.all(keys.map((key) => pool.data.command('UNLINK', [key])));
      removed += replies.reduce<number>((sum, reply) => sum + Number(reply), 0);
    }
  } finally {
    await servers.close();
    await pool.close();
  }
  return removed;
}

async function isConfirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question(`${question} Type yes: `);
  prompt.close();
  return answer.trim().toLowerCase() === 'yes';
}
