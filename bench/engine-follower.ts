// The other process of engine.bench.ts: holds a copy in memory and says when it became unusable.
import { serveParent } from '@tbi/testing';
import { openCache } from './engine-cache.ts';

const { cache } = await openCache(Number(process.argv[2]));
let unusableAtMs = 0;
cache.events.subscribe((event) => {
  if (event.type === 'applied') unusableAtMs = performance.timeOrigin + performance.now();
});

serveParent({
  appliedAtMs: async () => unusableAtMs,
});
