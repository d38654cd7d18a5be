import type { Next, Script } from '../visitor.ts';
import { dataScripts } from './data.ts';
import { isrScripts } from './isr.ts';
import { pagesRouterScripts } from './pages-router.ts';
import { responseScripts } from './responses.ts';
import { tagScripts } from './tags.ts';
import { useCacheScripts } from './use-cache.ts';

/** Everything that an app without `cacheComponents` is asked. */
export const isrAppScripts = (next: Next): readonly Script[] => [
  ...isrScripts(next),
  ...tagScripts(next),
  ...dataScripts(next),
  ...responseScripts(next),
  ...pagesRouterScripts(next),
  ...useCacheScripts(next),
];
