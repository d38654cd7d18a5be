import { createCache, memoryBackend } from '../src/index.ts';
import { describeCache, MAX_TAG_STATES, SMALL } from './contract.ts';
import { describeLifetimes } from './contract-lifetimes.ts';
import { describeOperators } from './contract-operators.ts';
import { describeWrites, WRITES } from './contract-writes.ts';

describeCache('the memory backend', async () =>
  createCache({ backend: memoryBackend({ maxTagStates: MAX_TAG_STATES }), ...SMALL }),
);

describeWrites('the memory backend', WRITES.writeLeaseMs, async () =>
  createCache({ backend: memoryBackend(), ...WRITES }),
);

describeLifetimes('the memory backend', async () => createCache({ backend: memoryBackend() }));

describeOperators('the memory backend', async () => createCache({ backend: memoryBackend() }));
