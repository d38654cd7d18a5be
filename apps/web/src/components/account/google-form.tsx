import { currentLanguage } from '../../i18n/current.ts';
import { signInWithGoogle } from '../../server/actions/session.ts';

/** Goes to Google, and from there to `callbackUrl`. */
export async function GoogleForm({ callbackUrl }: { callbackUrl: string }) {
  const { locale, t } = await currentLanguage();
  return (
    <form action={signInWithGoogle} className="mt-5">
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      <button type="submit" className="button button-quiet w-full">
        {t('signIn.google')}
      </button>
    </form>
  );
}
