import { currentLanguage } from '../../i18n/current.ts';
import { endOtherSessions, endOwnSession } from '../../server/actions/account.ts';
import { listOwnSessions } from '../../server/sessions.ts';
import { SessionFacts } from './session-facts.tsx';

/** Where the signed-in user is signed in, with a way to end that. */
export async function OwnSessions() {
  const { locale, t } = await currentLanguage();
  const sessions = await listOwnSessions();
  return (
    <>
      {sessions === null ? (
        <p className="mt-5 text-muted">{t('account.sessionsNotListed')}</p>
      ) : (
        <ul className="mt-4">
          {sessions.map((session) => (
            <li key={session.id} className="flex items-start justify-between gap-4 border-t border-rule py-4">
              <SessionFacts session={session} />
              {!session.current && (
                <form action={endOwnSession}>
                  <input type="hidden" name="locale" value={locale} />
                  <input type="hidden" name="session" value={session.id} />
                  <button type="submit" className="button button-quiet">
                    {t('account.endSession')}
                  </button>
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
      <form action={endOtherSessions} className="mt-4">
        <input type="hidden" name="locale" value={locale} />
        <button type="submit" className="button button-quiet">
          {sessions === null ? t('account.endAllSessions') : t('account.endOtherSessions')}
        </button>
      </form>
    </>
  );
}
