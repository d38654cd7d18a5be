import { createCache, memoryBackend } from '../src/index.ts';
import { describeCache, MAX_TAG_STATES, SMALL } from './contract.ts';

describeCache('the memory backend', async () =>
  createCache({ backend: memoryBackend({ maxTagStates: MAX_TAG_STATES }), ...SMALL }),
);
