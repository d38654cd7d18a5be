/** A process that migrates and seeds, to be run several times at once. */
import { serveParent } from '@tbi/testing';
import { createDatabase } from '../../src/database.ts';
import { migrate } from '../../src/migrate.ts';
import { seed } from '../../src/seed.ts';
import { makeCatalogue } from './catalogue.ts';

serveParent({
  migrate: (url: string) => migrate(url),
  seed: (url: string, reportCount: number) => seed(url, makeCatalogue(reportCount)),
  /** Reads a report's version and writes the next one, again and again, as an editor's transaction would. */
  increment: async (url: string, times: number) => {
    const { client, close } = createDatabase(url);
    try {
      for (let time = 0; time < times; time++) {
        await client.$transaction(async (tx) => {
          const { id, version } = await tx.report.findFirstOrThrow({ orderBy: { id: 'asc' } });
          await tx.report.update({ where: { id }, data: { version: version + 1 } });
        });
      }
    } finally {
      await close();
    }
  },
});
