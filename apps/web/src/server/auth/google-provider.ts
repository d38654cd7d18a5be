import 'server-only';
import { normaliseEmail } from '@tbi/database';
import Google from 'next-auth/providers/google';
import { environment } from '../env.ts';

/** Null: not configured. */
export function googleProvider() {
  const { google } = environment();
  if (google === null) return null;
  return Google({
    ...google,
    // Safe, because every address here was verified before its user was created, and Google has verified it too.
    allowDangerousEmailAccountLinking: true,
    profile: ({ sub, email, name, picture }) => ({
      id: sub,
      email: normaliseEmail(email),
      name,
      image: picture,
      role: 'user' as const,
      authVersion: 1,
    }),
  });
}

/** Google also has accounts whose address it has not verified. */
export function isVerifiedGoogleProfile(profile: unknown): boolean {
  return (
    typeof profile === 'object' &&
    profile !== null &&
    'email_verified' in profile &&
    profile.email_verified === true
  );
}
