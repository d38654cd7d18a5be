import { isrAppScripts } from './oracle/scripts/isr-app.ts';
import { compareWithNext } from './oracle/suite.ts';

compareWithNext('isr-16', isrAppScripts);
