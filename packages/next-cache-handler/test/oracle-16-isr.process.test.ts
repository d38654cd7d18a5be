import { dataScripts } from './oracle/scripts/data.ts';
import { isrScripts } from './oracle/scripts/isr.ts';
import { pagesRouterScripts } from './oracle/scripts/pages-router.ts';
import { responseScripts } from './oracle/scripts/responses.ts';
import { tagScripts } from './oracle/scripts/tags.ts';
import { compareWithNext } from './oracle/suite.ts';

compareWithNext('oracle-16-isr', [
  ...isrScripts,
  ...tagScripts,
  ...dataScripts,
  ...responseScripts,
  ...pagesRouterScripts,
]);
