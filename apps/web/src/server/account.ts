import 'server-only';
import type { EnquiryStatus, Licence, OrderStatus } from '@tbi/database';
import type { Locale } from '../i18n/locales.ts';
import { getCurrentUser } from './auth.ts';
import { inLocale, pickTranslation } from './catalogue/rows.ts';
import { withDatabase } from './database.ts';

/** What the account page reads: never cached, and only what is the signed-in user's own. */

export interface OwnEnquiry {
  readonly id: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly status: EnquiryStatus;
  readonly message: string;
  readonly report: { readonly slug: string; readonly title: string };
}

export interface OwnOrder {
  readonly id: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly status: OrderStatus;
  /** ISO 4217. */
  readonly currency: string;
  readonly total: number;
  readonly items: readonly {
    readonly report: { readonly slug: string; readonly title: string };
    readonly licence: Licence;
    readonly unitPrice: number;
  }[];
}

const shownAtMost = 50;

const reportSelect = (locale: Locale) => ({
  slug: true,
  code: true,
  translations: { where: inLocale(locale), select: { locale: true, title: true } },
});

/** The user's enquiries, the newest first, at most fifty; none for a visitor. */
export async function listOwnEnquiries(locale: Locale): Promise<OwnEnquiry[]> {
  const user = await getCurrentUser();
  if (user === null) return [];
  const rows = await withDatabase((client) =>
    client.enquiry.findMany({
      where: { userId: user.id },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: shownAtMost,
      select: {
        id: true,
        createdAt: true,
        status: true,
        message: true,
        report: { select: reportSelect(locale) },
      },
    }),
  );
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    report: toReportLink(row.report, locale),
  }));
}

/** The user's orders, the newest first, at most fifty; none for a visitor. */
export async function listOwnOrders(locale: Locale): Promise<OwnOrder[]> {
  const user = await getCurrentUser();
  if (user === null) return [];
  const rows = await withDatabase((client) =>
    client.order.findMany({
      where: { userId: user.id },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: shownAtMost,
      include: { items: { orderBy: { id: 'asc' }, include: { report: { select: reportSelect(locale) } } } },
    }),
  );
  return rows.map((row) => {
    const items = row.items.map((item) => ({
      report: toReportLink(item.report, locale),
      licence: item.licence,
      unitPrice: item.unitPrice.toNumber(),
    }));
    return {
      id: row.id,
      createdAt: row.createdAt.toISOString(),
      status: row.status,
      currency: row.currency,
      total: items.reduce((sum, item) => sum + item.unitPrice, 0),
      items,
    };
  });
}

function toReportLink(
  row: { slug: string; code: string; translations: { locale: string; title: string }[] },
  locale: Locale,
) {
  return { slug: row.slug, title: pickTranslation(row.translations, locale)?.title ?? row.code };
}
