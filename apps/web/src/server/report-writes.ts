import { type ReportStatus, readKeyPlayers, reportSearchText } from '@tbi/database';
import type { ReportEdit } from './actions/report-form.ts';
import { withDatabase } from './database.ts';

/** `conflict`: the report is no longer the version that the edit is based on; nothing was written. */
export type WriteOutcome = 'saved' | 'conflict' | 'not-found';

/** Saves an edit that is based on `edit.version`. */
export function updateReport(edit: ReportEdit): Promise<WriteOutcome> {
  const { id, version, translations, ...fields } = edit;
  return withDatabase((client) =>
    client.$transaction(async (transaction) => {
      const report = await transaction.report.findUnique({
        where: { id },
        select: { code: true, keyPlayers: true },
      });
      if (report === null) return 'not-found';
      const { count } = await transaction.report.updateMany({
        where: { id, version },
        data: { ...fields, version: { increment: 1 } },
      });
      if (count === 0) return 'conflict';
      const keyPlayers = readKeyPlayers(report.keyPlayers);
      for (const { locale, title, summary } of translations) {
        const texts = {
          title,
          summary,
          searchText: reportSearchText({ code: report.code, title, summary, keyPlayers }),
        };
        await transaction.reportTranslation.upsert({
          where: { reportId_locale: { reportId: id, locale } },
          create: { reportId: id, locale, tableOfContents: [], ...texts },
          update: texts,
        });
      }
      return 'saved';
    }),
  );
}

/** Publishes or withdraws a report that is still at `version`. */
export function setReportStatus(id: number, version: number, status: ReportStatus): Promise<WriteOutcome> {
  return withDatabase(async (client) => {
    const { count } = await client.report.updateMany({
      where: { id, version },
      data: { status, version: { increment: 1 } },
    });
    if (count > 0) return 'saved';
    const existing = await client.report.findUnique({ where: { id }, select: { id: true } });
    return existing === null ? 'not-found' : 'conflict';
  });
}
