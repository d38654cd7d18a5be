import { createHash } from 'node:crypto';
import type { Link } from './link.ts';
import type { RedisArgument, RedisScript } from './types.ts';

const shaByLua = new Map<string, string>();

/**
 * Runs a script by its hash, and by its text when the server does not know it (yet, or any more).
 *
 * @param isLate Whether the caller has given up: then the text is not sent, because it would only do late what nobody
 * waits for.
 */
export async function callScript(
  link: Link,
  { lua }: RedisScript,
  keys: readonly string[],
  args: readonly RedisArgument[],
  isLate: () => boolean,
): Promise<unknown> {
  const rest = [keys.length, ...keys, ...args];
  try {
    return await link.send('EVALSHA', [shaOf(lua), ...rest]);
  } catch (error) {
    const unknown = error instanceof Error && error.message.startsWith('NOSCRIPT');
    if (!unknown || isLate()) throw error;
    return link.send('EVAL', [lua, ...rest]);
  }
}

/** Scripts are constants of the code that uses them, so few. */
function shaOf(lua: string): string {
  let sha = shaByLua.get(lua);
  if (sha === undefined) {
    sha = createHash('sha1').update(lua).digest('hex');
    shaByLua.set(lua, sha);
  }
  return sha;
}
