/**
 * The adapter contract of next-auth 4.24 and Auth.js 5 by its shape; neither is imported. Source:
 * `next-auth/adapters.d.ts` and `@auth/core/adapters.d.ts`.
 */

export interface AdapterUser {
  id: string;
  email: string;
  emailVerified: Date | null;
  name?: string | null;
  image?: string | null;
}

export type AccountType = 'oauth' | 'oidc' | 'email' | 'webauthn';

export interface AdapterAccount {
  userId: string;
  type: AccountType;
  provider: string;
  providerAccountId: string;
}

export interface AdapterSession {
  sessionToken: string;
  userId: string;
  expires: Date;
}

export interface VerificationToken {
  identifier: string;
  token: string;
  expires: Date;
}

export interface AdapterAuthenticator {
  credentialID: string;
  userId: string;
  providerAccountId: string;
  credentialPublicKey: string;
  counter: number;
  credentialDeviceType: string;
  credentialBackedUp: boolean;
  transports?: string | null;
}

export type AccountId = Pick<AdapterAccount, 'provider' | 'providerAccountId'>;

export interface SessionMethods<User extends AdapterUser = AdapterUser> {
  createSession(session: AdapterSession): Promise<AdapterSession>;
  /** Null: there is no such session. An outage rejects: next-auth then keeps the cookie. */
  getSessionAndUser(sessionToken: string): Promise<{ session: AdapterSession; user: User } | null>;
  updateSession(
    session: Partial<AdapterSession> & Pick<AdapterSession, 'sessionToken'>,
  ): Promise<AdapterSession | null>;
  deleteSession(sessionToken: string): Promise<AdapterSession | null>;
}

export interface VerificationTokenMethods {
  createVerificationToken(token: VerificationToken): Promise<VerificationToken>;
  /** Null for all but the first use. */
  useVerificationToken(params: { identifier: string; token: string }): Promise<VerificationToken | null>;
}

export interface UserMethods {
  createUser(user: Omit<AdapterUser, 'id'> & { id?: string }): Promise<AdapterUser>;
  getUser(id: string): Promise<AdapterUser | null>;
  getUserByEmail(email: string): Promise<AdapterUser | null>;
  getUserByAccount(account: AccountId): Promise<AdapterUser | null>;
  updateUser(user: Partial<AdapterUser> & Pick<AdapterUser, 'id'>): Promise<AdapterUser>;
  deleteUser(userId: string): Promise<AdapterUser | null>;
}

export interface AccountMethods {
  linkAccount<Account extends AdapterAccount>(account: Account): Promise<Account>;
  unlinkAccount(account: AccountId): Promise<void>;
  getAccount(providerAccountId: string, provider: string): Promise<AdapterAccount | null>;
}

export interface AuthenticatorMethods {
  createAuthenticator(authenticator: AdapterAuthenticator): Promise<AdapterAuthenticator>;
  getAuthenticator(credentialID: string): Promise<AdapterAuthenticator | null>;
  listAuthenticatorsByUserId(userId: string): Promise<AdapterAuthenticator[]>;
  updateAuthenticatorCounter(credentialID: string, newCounter: number): Promise<AdapterAuthenticator>;
}

export type RedisAuthAdapter = UserMethods &
  AccountMethods &
  SessionMethods &
  VerificationTokenMethods &
  AuthenticatorMethods;
