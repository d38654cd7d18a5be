import Link from 'next/link';
import { currentLanguage } from '../../i18n/current.ts';
import { paths } from '../../i18n/paths.ts';
import { listOwnEnquiries, type OwnEnquiry } from '../../server/account.ts';
import { MoreLink } from '../layout/more-link.tsx';
import { StatusMark } from './status-mark.tsx';

const statusLabels = {
  open: 'account.enquiryOpen',
  answered: 'account.enquiryAnswered',
  closed: 'account.enquiryClosed',
} as const satisfies Record<OwnEnquiry['status'], string>;

/** What the signed-in user has asked. */
export async function OwnEnquiries() {
  const { locale, t, format } = await currentLanguage();
  const enquiries = await listOwnEnquiries(locale);
  if (enquiries.length === 0) {
    return (
      <div className="mt-5 text-muted">
        <p>{t('account.noEnquiries')}</p>
        <MoreLink href={paths.reports(locale)}>{t('account.findReport')}</MoreLink>
      </div>
    );
  }
  return (
    <ul className="mt-4">
      {enquiries.map(({ id, createdAt, status, message, report }) => (
        <li key={id} className="border-t border-rule py-5">
          <p className="kicker flex justify-between gap-4">
            <time dateTime={createdAt}>{format.date(createdAt)}</time>
            <StatusMark strong={status === 'answered'}>{t(statusLabels[status])}</StatusMark>
          </p>
          <h3 className="mt-1 text-lg leading-snug">
            <Link href={paths.report(locale, report.slug)} className="text-link">
              {report.title}
            </Link>
          </h3>
          <p className="mt-2 max-w-prose text-sm whitespace-pre-line text-muted">{message}</p>
        </li>
      ))}
    </ul>
  );
}
