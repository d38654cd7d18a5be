import { environment } from '../env.ts';

/** As next-auth names it. */
export function sessionCookie() {
  const secure = environment().auth.url?.startsWith('https:') ?? false;
  return {
    name: `${secure ? '__Secure-' : ''}next-auth.session-token`,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure },
  } as const;
}
