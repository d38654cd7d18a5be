import { componentScripts } from './oracle/scripts/components.ts';
import { dataScripts } from './oracle/scripts/data.ts';
import { useCacheScripts } from './oracle/scripts/use-cache.ts';
import { compareWithNext } from './oracle/suite.ts';

compareWithNext('components-16', (next) => [
  ...componentScripts(),
  ...dataScripts(next),
  ...useCacheScripts(next),
]);
