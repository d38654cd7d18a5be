import { type NextRequest, NextResponse } from 'next/server';
import { outagePage } from './components/outage-page.ts';
import { isLocale, type Locale, localeCookie } from './i18n/locales.ts';
import { sessionCookie } from './server/auth/session-cookie.ts';
import { isOutage, sessionStore } from './server/auth/session-store.ts';
import { unavailable } from './server/auth/unavailable.ts';
import { localizedPath, negotiateLocale } from './server/locale-negotiation.ts';

/** Everything but the API, Next's own files, and files: those have a dot in their name, pages do not. */
export const config = { matcher: '/((?!api(?:/|$)|_next(?:/|$)|.*\\.).*)' };

/** The pages that belong to somebody. */
const protectedPages = ['account', 'admin'];

/**
 * Sends paths without a language to the visitor's. Pages themselves pass untouched and are the same for
 * everybody, so that they can be cached. Nothing is authorised here: pages and actions do that themselves.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const url = request.nextUrl.clone();
  const [, locale, page = ''] = url.pathname.split('/');
  if (isLocale(locale)) {
    return protectedPages.includes(page) ? passProtected(request, locale) : NextResponse.next();
  }
  const negotiated = negotiateLocale(
    request.headers.get('accept-language'),
    request.cookies.get(localeCookie)?.value,
  );
  url.pathname = localizedPath(url.pathname, negotiated);
  return NextResponse.redirect(url, {
    status: 307,
    headers: { 'cache-control': 'private, no-store', vary: 'accept-language, cookie' },
  });
}

/**
 * A page cannot answer 503 once it has begun, nor prolong the session's cookie: so both are done here, for browsers
 * that present a session.
 */
async function passProtected(request: NextRequest, locale: Locale): Promise<Response> {
  const store = sessionStore();
  const cookie = sessionCookie();
  const token = request.cookies.get(cookie.name)?.value;
  if (store === null || !token) return NextResponse.next();
  try {
    const session = await store.control.check(token);
    const expires = session?.refreshDue ? await store.control.refresh(token) : null;
    const response = NextResponse.next();
    if (expires !== null) response.cookies.set(cookie.name, token, { ...cookie.options, expires });
    return response;
  } catch (error) {
    if (isOutage(error)) return unavailable(outagePage(locale));
    throw error;
  }
}
