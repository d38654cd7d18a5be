import 'server-only';
import { randomBytes } from 'node:crypto';
import type { AuthOptions, User } from 'next-auth';
import type { Adapter } from 'next-auth/adapters';
import Credentials from 'next-auth/providers/credentials';
import { addressOf } from '../client-address.ts';
import { environment } from '../env.ts';
import { logError, logger } from '../log.ts';
import { cookieAdapter, redisAdapter } from './adapter.ts';
import { authenticate } from './authenticate.ts';
import { isEndedSession, renewToken } from './cookie-token.ts';
import { emailProvider } from './email-provider.ts';
import { googleProvider, isVerifiedGoogleProfile } from './google-provider.ts';
import { isRole, type Role } from './roles.ts';
import { sessionCookie } from './session-cookie.ts';
import { sessionMaxAgeMs, sessionUpdateAgeMs } from './session-store.ts';

declare module 'next-auth' {
  interface User {
    role: Role;
    authVersion: number;
  }
  interface Session {
    user: { id: string; email: string; name: string | null; role: Role };
    authVersion?: number;
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    role?: Role;
    authVersion?: number;
    /** In ms. */
    signedInAt?: number;
    /** Of a session in Redis: it is the whole cookie. */
    sessionToken?: string;
  }
}

/** The settings of next-auth: sessions in Redis, or in a signed and encrypted cookie. */
export function authOptions(): AuthOptions {
  const adapter = redisAdapter();
  const cookie = sessionCookie();
  const email = emailProvider();
  const google = googleProvider();
  return {
    secret: environment().auth.secret,
    useSecureCookies: cookie.options.secure,
    // The adapters are typed by what they store: a user has a role from the start.
    adapter: (adapter ?? cookieAdapter) as unknown as Adapter,
    session: {
      // With sessions in Redis next-auth must choose: it refuses passwords when it is told `database`.
      ...(adapter === null && { strategy: 'jwt' }),
      maxAge: sessionMaxAgeMs / 1000,
      updateAge: sessionUpdateAgeMs / 1000,
      generateSessionToken: newSessionToken,
    },
    // Without a language here: the proxy adds the visitor's.
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [passwordProvider(), ...(email ? [email] : []), ...(google ? [google] : [])],
    callbacks: {
      signIn: ({ account, profile }) => account?.provider !== 'google' || isVerifiedGoogleProfile(profile),
      async jwt({ token, user, account }) {
        if (!user) return renewToken(token);
        if (adapter === null || account?.type !== 'credentials') {
          return { ...token, role: user.role, authVersion: user.authVersion, signedInAt: Date.now() };
        }
        const sessionToken = newSessionToken();
        const expires = new Date(Date.now() + sessionMaxAgeMs);
        await adapter.createSession({ sessionToken, userId: user.id, expires });
        return { sessionToken };
      },
      session: ({ session, token, user }) => ({
        ...session,
        ...(token?.authVersion !== undefined && { authVersion: token.authVersion }),
        user: sessionUser(user ?? { ...token, id: token.sub }),
      }),
    },
    ...(adapter !== null && { jwt: { encode: ({ token }) => token?.sessionToken ?? '' } }),
    events: {
      signIn: ({ user, account }) => logger().info(`sign-in: user ${user.id} by ${account?.provider}`),
      signOut: ({ session, token }) => {
        const userId = session && 'userId' in session ? session.userId : token?.sub;
        logger().info(`sign-out: user ${userId ?? 'unknown'}`);
      },
    },
    logger: {
      error: (code, metadata) => {
        const error = metadata instanceof Error ? metadata : metadata.error;
        if (!isEndedSession(error)) logError(`next-auth ${code}`, error);
      },
      // Its warnings are about a missing NEXTAUTH_URL, which the start already reports, and debugging.
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

/** 256 bits. */
const newSessionToken = () => randomBytes(32).toString('base64url');

function sessionUser(user: { id?: unknown; email?: unknown; name?: unknown; role?: unknown }) {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    id: text(user.id),
    email: text(user.email),
    name: text(user.name) || null,
    role: isRole(user.role) ? user.role : ('user' as const),
  };
}

function passwordProvider() {
  return Credentials({
    credentials: { email: {}, password: {} },
    authorize: async (credentials, request) => {
      const { email = '', password = '' } = credentials ?? {};
      return authorize(email, password, addressOf(request.headers?.['x-forwarded-for']));
    },
  });
}

/** What next-auth makes of the outcomes: a user, `null` for wrong credentials, an error whose message it passes on. */
async function authorize(email: string, password: string, address: string): Promise<User | null> {
  const outcome = await authenticate(email, password, address).catch((error: unknown) => {
    logError('A sign-in could not be checked', error);
    return 'unavailable' as const;
  });
  if (outcome === 'too-many' || outcome === 'unavailable') throw new Error(outcome);
  return outcome === 'credentials' ? null : outcome;
}
