import 'server-only';
import type { EmailConfig } from 'next-auth/providers/email';
import { defaultLocale, isLocale } from '../../i18n/locales.ts';
import { paths } from '../../i18n/paths.ts';
import { translate } from '../../i18n/translate.ts';
import { environment } from '../env.ts';
import { processSlot } from '../process-slot.ts';
import { siteUrl } from '../site.ts';
import { emailAddress } from './email-address.ts';
import { sendMail } from './mail.ts';
import { safeReturnPath } from './return-path.ts';

const linkLifeSeconds = 3_600;

/** Links shown on the page instead of being sent, by address. Only in development, and the newest only. */
const shownLinks = () => processSlot('shown-links', () => new Map<string, string>());

/** Takes the link that was made for an address, where nothing is sent. */
export function takeShownLink(email: string): string | null {
  const link = shownLinks().get(email) ?? null;
  shownLinks().delete(email);
  return link;
}

/** Whether people can sign in by a link: it is sent, or this is development and it is shown. */
export function sendsLinks(): boolean {
  const { mail, runtime } = environment();
  return mail !== null || !runtime.production;
}

/** next-auth's own would need a mail server; this one has a page of ours between the mail and the sign-in. */
export function emailProvider(): EmailConfig | null {
  if (!sendsLinks()) return null;
  return {
    id: 'email',
    name: 'Email',
    type: 'email',
    server: '',
    from: '',
    maxAge: linkLifeSeconds,
    options: {},
    // next-auth's own takes addresses that the site's form does not.
    normalizeIdentifier: (address) => emailAddress.parse(address),
    sendVerificationRequest: async ({ identifier, url }) => {
      const given = new URL(url).searchParams;
      const callback = new URL(given.get('callbackUrl') ?? '/', siteUrl());
      const returnTo = safeReturnPath(callback.pathname + callback.search, '');
      const [, language] = callback.pathname.split('/');
      const locale = isLocale(language) ? language : defaultLocale;
      const query = new URLSearchParams({ email: identifier, token: given.get('token') ?? '' });
      if (returnTo !== '') query.set('callbackUrl', returnTo);
      const link = `${siteUrl()}${paths.signInLink(locale)}?${query}`;
      const { mail } = environment();
      if (mail === null) {
        console.log(`sign-in link (development): ${link}`);
        shownLinks().set(identifier, link);
        return;
      }
      const t = translate(locale);
      await sendMail(mail, {
        to: identifier,
        subject: t('signIn.mailSubject'),
        text: t('signIn.mailText', { link }),
      });
    },
  };
}
