import 'server-only';
import type { AuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { addressOf } from '../client-address.ts';
import { environment } from '../env.ts';
import { logError } from '../log.ts';
import { authenticate } from './authenticate.ts';
import { isRole, type Role } from './roles.ts';

declare module 'next-auth' {
  interface User {
    role: Role;
  }
  interface Session {
    user: { id: string; email: string; name: string | null; role: Role };
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    role?: Role;
  }
}

const sessionMaxAgeSeconds = 7 * 86_400;

/** The settings of next-auth: password sign-in, the session in a signed and encrypted cookie. */
export function authOptions(): AuthOptions {
  return {
    secret: environment().auth.secret,
    session: { strategy: 'jwt', maxAge: sessionMaxAgeSeconds },
    // Without a language here: the proxy adds the visitor's.
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        authorize: async (credentials, request) => {
          const { email = '', password = '' } = credentials ?? {};
          return authorize(email, password, addressOf(request.headers?.['x-forwarded-for']));
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { ...token, role: user.role } : token),
      session: ({ session, token }) => ({
        ...session,
        user: {
          id: token.sub ?? '',
          email: token.email ?? '',
          name: token.name ?? null,
          role: isRole(token.role) ? token.role : 'user',
        },
      }),
    },
    logger: {
      error: (code, metadata) =>
        logError(`next-auth ${code}`, metadata instanceof Error ? metadata : metadata.error),
      // Its warnings are about a missing NEXTAUTH_URL, which the start already reports, and debugging.
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

/** What next-auth makes of the outcomes: a user, `null` for wrong credentials, an error whose message it passes on. */
async function authorize(email: string, password: string, address: string) {
  const outcome = await authenticate(email, password, address).catch((error: unknown) => {
    logError('A sign-in could not be checked', error);
    return 'unavailable' as const;
  });
  if (outcome === 'too-many' || outcome === 'unavailable') throw new Error(outcome);
  return outcome === 'credentials' ? null : outcome;
}
