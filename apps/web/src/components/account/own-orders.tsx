import Link from 'next/link';
import { currentLanguage } from '../../i18n/current.ts';
import { paths } from '../../i18n/paths.ts';
import { listOwnOrders, type OwnOrder } from '../../server/account.ts';
import { MoreLink } from '../layout/more-link.tsx';
import { StatusMark } from './status-mark.tsx';

const statusLabels = {
  pending: 'account.orderPending',
  paid: 'account.orderPaid',
  cancelled: 'account.orderCancelled',
} as const satisfies Record<OwnOrder['status'], string>;

const licenceLabels = {
  single: 'report.single',
  multi: 'report.multi',
  enterprise: 'report.enterprise',
} as const satisfies Record<OwnOrder['items'][number]['licence'], string>;

/** What the signed-in user has ordered. */
export async function OwnOrders() {
  const { locale, t, format } = await currentLanguage();
  const orders = await listOwnOrders(locale);
  if (orders.length === 0) {
    return (
      <div className="mt-5 text-muted">
        <p>{t('account.noOrders')}</p>
        <MoreLink href={paths.reports(locale)}>{t('account.findReport')}</MoreLink>
      </div>
    );
  }
  return (
    <ul className="mt-4">
      {orders.map((order) => (
        <li key={order.id} className="border-t border-rule py-5">
          <p className="flex justify-between gap-4 text-sm">
            <span>{t('account.order', { date: format.date(order.createdAt) })}</span>
            <StatusMark strong={order.status === 'paid'}>{t(statusLabels[order.status])}</StatusMark>
          </p>
          <ul>
            {order.items.map(({ report, licence, unitPrice }) => (
              <li
                key={`${report.slug} ${licence}`}
                className="mt-3 flex items-baseline justify-between gap-6 sm:gap-10"
              >
                <span>
                  <Link href={paths.report(locale, report.slug)} className="text-link font-serif text-lg">
                    {report.title}
                  </Link>
                  <span className="kicker block">{t(licenceLabels[licence])}</span>
                </span>
                <span className="figures">{format.money(unitPrice, order.currency)}</span>
              </li>
            ))}
          </ul>
          <p className="figures mt-4 flex justify-between border-t border-rule pt-3 font-semibold">
            <span>{t('account.total')}</span>
            <span>{format.money(order.total, order.currency)}</span>
          </p>
        </li>
      ))}
    </ul>
  );
}
