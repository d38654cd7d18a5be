import { currentLanguage } from '../../i18n/current.ts';
import { listSessionsForAdmin } from '../../server/sessions.ts';
import { SessionFacts } from '../account/session-facts.tsx';
import { formTexts } from '../form/texts.ts';
import { EndSessionsForm } from './end-sessions-form.tsx';

/** Where a user is signed in, with a way to end that. */
export async function UserSessions({ userId }: { userId: string }) {
  const { locale, t } = await currentLanguage();
  const sessions = await listSessionsForAdmin(userId);
  const texts = formTexts(locale);
  return (
    <>
      {sessions === null && <p className="mt-5 text-muted">{t('users.sessionsNotListed')}</p>}
      {sessions?.length === 0 && <p className="mt-5 text-muted">{t('users.noSessions')}</p>}
      <ul className="mt-4">
        {sessions?.map((session) => (
          <li key={session.id} className="flex items-start justify-between gap-4 border-t border-rule py-4">
            <SessionFacts session={session} />
            <EndSessionsForm
              userId={userId}
              session={session.id}
              label={t('users.endSession')}
              texts={texts}
            />
          </li>
        ))}
      </ul>
      <div className="mt-4">
        <EndSessionsForm userId={userId} session="" label={t('users.endSessions')} texts={texts} />
      </div>
    </>
  );
}
