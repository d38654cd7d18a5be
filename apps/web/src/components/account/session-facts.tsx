import { currentLanguage } from '../../i18n/current.ts';
import type { SessionRow } from '../../server/sessions.ts';
import { StatusMark } from './status-mark.tsx';

/** What tells one session from another. */
export async function SessionFacts({ session }: { session: SessionRow }) {
  const { t, format } = await currentLanguage();
  const times = {
    created: format.moment(session.createdAt),
    seen: format.moment(session.lastSeenAt),
  };
  return (
    <div>
      <p className="flex flex-wrap items-center gap-2 font-semibold">
        {session.browser ?? t('account.unknownBrowser')}
        {session.current && <StatusMark strong>{t('account.thisBrowser')}</StatusMark>}
      </p>
      <p className="figures mt-0.5 text-sm text-muted">{t('account.sessionTimes', times)}</p>
      {session.network !== null && (
        <p className="figures text-sm text-muted">
          {t('account.sessionNetwork', { network: session.network })}
        </p>
      )}
    </div>
  );
}
