import { currentLanguage } from '../../i18n/current.ts';
import { paths } from '../../i18n/paths.ts';
import { messages } from '../../messages/messages.ts';
import { signOut } from '../../server/actions/session.ts';
import type { CurrentUser } from '../../server/auth.ts';
import { formTexts } from '../form/texts.ts';
import { MoreLink } from '../layout/more-link.tsx';
import { ProfileForm } from './profile-form.tsx';
import { roleLabels } from './role-labels.ts';

/** Who is signed in, and the way out. */
export async function Profile({ user }: { user: CurrentUser }) {
  const { locale, t } = await currentLanguage();
  const facts = [
    { label: t('account.email'), value: user.email },
    { label: t('account.role'), value: t(roleLabels[user.role]) },
  ];
  return (
    <>
      <dl className="mt-5 space-y-4">
        {facts.map(({ label, value }) => (
          <div key={label}>
            <dt className="kicker">{label}</dt>
            <dd className="break-all">{value}</dd>
          </div>
        ))}
      </dl>
      <ProfileForm
        locale={locale}
        name={user.name ?? ''}
        labels={messages[locale].account}
        texts={formTexts(locale)}
      />
      {user.role === 'admin' && (
        <p className="mt-6">
          <MoreLink href={paths.admin(locale)}>{t('account.editorialDesk')}</MoreLink>
        </p>
      )}
      <form action={signOut} className="mt-6">
        <input type="hidden" name="locale" value={locale} />
        <button type="submit" className="button button-quiet">
          {t('account.signOut')}
        </button>
      </form>
    </>
  );
}
