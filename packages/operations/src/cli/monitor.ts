import { canonicalTag, describeRecord, formatPosition, positionMs, redisKeys } from '@tbi/cache';
import { listOf, textOf } from '../replies.ts';
import { type Command, EXIT } from './command.ts';
import type { Context } from './context.ts';

const BLOCK_MS = 1_000;
const BEGINNING = '0-0';

/** The invalidation log as it grows: everything that any process of the site invalidates or writes. */
export const monitorCommand: Command = async ({ redis, operations, pool }, { tag, limit, args }, output) => {
  const { log } = redisKeys(redis.keyPrefix);
  const [wanted] = args;
  let stopped = false;
  let left = limit ?? Number.POSITIVE_INFINITY;
  process.once('SIGINT', () => {
    stopped = true;
  });
  // Not `$`, which each read would ask anew: what comes between two of them would be lost.
  let after = await endOf(log, pool);
  if (!output.json) output.line('at                        mode    tags');
  while (!stopped && left > 0) {
    const reply = await pool.log.command('XREAD', ['COUNT', 100, 'BLOCK', BLOCK_MS, 'STREAMS', log, after], {
      timeoutMs: BLOCK_MS * 3,
    });
    for (const entry of listOf(listOf(listOf(reply)[0])[1])) {
      after = textOf(listOf(entry)[0]);
      const record = describeRecord(entry);
      if (record === null) continue;
      if (wanted !== undefined && record.mode !== wanted) continue;
      if (
        tag.length > 0 &&
        !tag.some((one) => record.tags.some((other) => other.includes(canonicalTag(one))))
      )
        continue;
      const position = formatPosition(record.position);
      const at = new Date(positionMs(record.position)).toISOString();
      const who = (await operations.audit.last(20)).find((item) => item.position === position)?.who ?? null;
      output.show({ at, position, mode: record.mode, tags: record.tags, who }, () => [
        `${at}  ${record.mode.padEnd(6)}  ${record.tags.join(' ')}${who === null ? '' : `  (${who})`}`,
      ]);
      left -= 1;
      if (left <= 0) break;
    }
  }
  return EXIT.ok;
};

async function endOf(log: string, { data }: Context['pool']): Promise<string> {
  const [last] = listOf(await data.command('XREVRANGE', [log, '+', '-', 'COUNT', 1]));
  return textOf(listOf(last)[0]) || BEGINNING;
}
