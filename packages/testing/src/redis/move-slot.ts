import { poll, sleep } from '../poll.ts';
import type { RedisServer } from './start-redis.ts';

export interface Slot {
  readonly number: string;
  /** The node that has it. */
  readonly from: RedisServer;
  /** Another primary. */
  readonly to: RedisServer;
}

const idOf = async (node: RedisServer) => String(await node.command('CLUSTER', 'MYID'));

/** The slot of a key in a cluster of these nodes, the primary that has it, and another one. */
export async function locateSlot(nodes: readonly RedisServer[], key: string): Promise<Slot> {
  const running = nodes.filter(({ pid }) => pid !== undefined);
  const [any] = running;
  const number = String(await any?.command('CLUSTER', 'KEYSLOT', key));
  const primaries = String(await any?.command('CLUSTER', 'NODES'))
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, , flags = '']) => /\bmaster\b/.test(flags) && !/fail/.test(flags));
  const owner = primaries.find((fields) => fields.slice(8).some((range) => covers(range, Number(number))));
  const other = primaries.find((fields) => fields !== owner && fields.length > 8);
  const ids = await Promise.all(running.map(idOf));
  const from = running[ids.indexOf(owner?.[0] ?? '')];
  const to = running[ids.indexOf(other?.[0] ?? '')];
  if (from === undefined || to === undefined) throw new Error(`nobody has slot ${number}`);
  return { number, from, to };
}

function covers(range: string, slot: number): boolean {
  const [first = '', last = first] = range.split('-');
  return Number(first) <= slot && slot <= Number(last);
}

/** Moves a slot as `redis-cli --cluster reshard` does, but takes its time in between. */
export async function moveSlot(nodes: readonly RedisServer[], { number, from, to }: Slot): Promise<void> {
  const [fromId, toId] = [await idOf(from), await idOf(to)];
  const { username, password } = new URL(to.adminUrl);
  const auth = username === '' ? [] : ['AUTH2', username, password];
  await to.command('CLUSTER', 'SETSLOT', number, 'IMPORTING', fromId);
  await from.command('CLUSTER', 'SETSLOT', number, 'MIGRATING', toId);
  await sleep(300);
  await poll(
    async () => {
      const left = (await from.command('CLUSTER', 'GETKEYSINSLOT', number, '10')) as string[];
      for (const key of left) {
        await from.command('MIGRATE', '127.0.0.1', String(to.port), key, '0', '1000', 'REPLACE', ...auth);
        await sleep(50);
      }
      return left.length === 0;
    },
    { what: `slot ${number} to be empty`, timeoutMs: 10_000 },
  );
  await sleep(300);
  for (const node of [to, from, ...nodes.filter((each) => each !== to && each !== from)]) {
    // A replica or a node that is gone learns it from the others.
    await node.command('CLUSTER', 'SETSLOT', number, 'NODE', toId).catch(() => {});
  }
}
