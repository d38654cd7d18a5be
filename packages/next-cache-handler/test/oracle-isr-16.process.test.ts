import { dataScripts } from './oracle/scripts/data.ts';
import { isrScripts } from './oracle/scripts/isr.ts';
import { pagesRouterScripts } from './oracle/scripts/pages-router.ts';
import { responseScripts } from './oracle/scripts/responses.ts';
import { tagScripts } from './oracle/scripts/tags.ts';
import { useCacheScripts } from './oracle/scripts/use-cache.ts';
import { compareWithNext } from './oracle/suite.ts';

compareWithNext('isr-16', (next) => [
  ...isrScripts(next),
  ...tagScripts(next),
  ...dataScripts(next),
  ...responseScripts(next),
  ...pagesRouterScripts(next),
  ...useCacheScripts(next),
]);
