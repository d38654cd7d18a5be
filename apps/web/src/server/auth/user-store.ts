import 'server-only';
import { findUserByEmail, normaliseEmail, type Prisma, type User } from '@tbi/database';
import { withDatabase } from '../database.ts';
import type { Role } from './roles.ts';

/** A user as next-auth knows one. */
export interface SiteUser {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly image: string | null;
  readonly emailVerified: Date | null;
  readonly role: Role;
  /** Sessions of another version are none any more. */
  readonly authVersion: number;
}

export const stampOf = ({ authVersion }: Pick<SiteUser, 'authVersion'>) => String(authVersion);

/** Without the password's hash, which is nobody else's business. */
export function toSiteUser(user: User): SiteUser {
  const { id, email, name, image, emailVerified, role, authVersion } = user;
  return { id, email, name, image, emailVerified, role, authVersion };
}

type NewUser = { email: string; name?: string | null; image?: string | null; emailVerified: Date | null };

const changes = ({ name, image, emailVerified }: Partial<NewUser>): Prisma.UserUpdateInput => ({
  ...(name !== undefined && { name: name?.slice(0, 160) ?? null }),
  ...(image !== undefined && { image: image !== null && image.length <= 500 ? image : null }),
  ...(emailVerified !== undefined && { emailVerified }),
});

/** The adapter contract of next-auth for users, accounts and sign-in links in the database. No sessions. */
export const userStore = {
  async createUser(user: NewUser): Promise<SiteUser> {
    const email = normaliseEmail(user.email);
    const { name = null, image = null, emailVerified } = user;
    const data = { ...changes({ name, image }), email, emailVerified } as Prisma.UserCreateInput;
    return toSiteUser(await withDatabase((client) => client.user.create({ data })));
  },
  getUser: (id: string) => findUser({ id }),
  getUserByEmail: (email: string) => findUserByEmail(email, findUser),
  async getUserByAccount(account: { provider: string; providerAccountId: string }): Promise<SiteUser | null> {
    const { provider, providerAccountId } = account;
    const found = await withDatabase((client) =>
      client.account.findUnique({
        where: { provider_providerAccountId: { provider, providerAccountId } },
        include: { user: true },
      }),
    );
    return found && toSiteUser(found.user);
  },
  async updateUser({ id, ...user }: Partial<NewUser> & { id: string }): Promise<SiteUser> {
    return toSiteUser(
      await withDatabase((client) => client.user.update({ where: { id }, data: changes(user) })),
    );
  },
  async deleteUser(id: string): Promise<void> {
    await withDatabase((client) => client.user.delete({ where: { id } }));
  },
  /** The provider's own tokens are not kept: nothing here uses them. */
  async linkAccount(account: {
    userId: string;
    type: string;
    provider: string;
    providerAccountId: string;
  }): Promise<void> {
    const { userId, type, provider, providerAccountId } = account;
    await withDatabase((client) =>
      client.account.create({ data: { userId, type, provider, providerAccountId } }),
    );
  },

  async createVerificationToken(token: { identifier: string; token: string; expires: Date }) {
    await withDatabase(async (client) => {
      await client.verificationToken.deleteMany({ where: { expires: { lt: new Date() } } });
      await client.verificationToken.create({ data: token });
    });
    return token;
  },
  /** Whoever deletes it has used it. */
  async useVerificationToken({ identifier, token }: { identifier: string; token: string }) {
    return withDatabase(async (client) => {
      const where = { identifier, token };
      const found = await client.verificationToken.findUnique({ where: { identifier_token: where } });
      const { count } = await client.verificationToken.deleteMany({ where });
      return found?.identifier === identifier && count === 1 ? found : null;
    });
  },
};

async function findUser(where: Prisma.UserWhereUniqueInput): Promise<SiteUser | null> {
  const user = await withDatabase((client) => client.user.findUnique({ where }));
  return user && toSiteUser(user);
}
