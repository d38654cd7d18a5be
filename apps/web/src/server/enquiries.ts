import type { Locale } from '../i18n/locales.ts';
import { withDatabase } from './database.ts';

export interface NewEnquiry {
  readonly reportId: number;
  /** The signed-in sender, if there is one. */
  readonly userId: string | null;
  readonly name: string;
  readonly email: string;
  readonly company: string | null;
  readonly message: string;
  readonly locale: Locale;
}

/** Stores an enquiry. `false`: there is no such published report. */
export function createEnquiry(enquiry: NewEnquiry): Promise<boolean> {
  return withDatabase(async (client) => {
    const report = await client.report.findUnique({
      where: { id: enquiry.reportId, status: 'published' },
      select: { id: true },
    });
    if (report === null) return false;
    await client.enquiry.create({ data: enquiry });
    return true;
  });
}
