import { afterEach, expect, it } from 'vitest';
import { type Backend, createCache, memoryBackend } from '../src/index.ts';
import { latch, settle } from './contract.ts';

const MAX_PENDING_TAGS = 10;
const many = (prefix: string) => Array.from({ length: MAX_PENDING_TAGS + 1 }, (_, i) => `${prefix}${i}`);

/** A backend that takes no invalidations, and new epochs only when it is let. */
function hesitant() {
  const memory = memoryBackend();
  const held = latch();
  const state = { epochs: 0, down: true };
  const backend: Backend = {
    ...memory,
    async append(...args) {
      if (state.down) throw new Error('down');
      return memory.append(...args);
    },
    async startNewEpoch() {
      state.epochs += 1;
      await held.opened;
      return memory.startNewEpoch();
    },
  };
  return { backend, state, held };
}

const { backend, state, held } = hesitant();
const cache = createCache({ backend, maxPendingTags: MAX_PENDING_TAGS });
afterEach(() => cache.close());

it('invalidations that are too many once more, while a new epoch stands for the first, get one as well', async () => {
  const read = () => cache.get('page', 'k', { softTags: ['b0'] });
  await cache.invalidate(many('a'));
  await expect.poll(() => state.epochs).toBe(1);
  await cache.invalidate(many('b'));
  state.down = false;
  held.open();
  await expect.poll(() => state.epochs).toBe(2);
  await settle(50);
  await cache.set('page', 'k', Buffer.from('new'), { stamp: cache.stamp(), tags: ['b0'] });
  expect((await read()).reason).toBe('fresh');
});
