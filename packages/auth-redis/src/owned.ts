import type { Scripts } from './connect.ts';
import { type AuthErrorCode, authError } from './errors.ts';
import type { Resolved } from './options.ts';
import { hashOf, listOf, textOf } from './replies.ts';
import { LIST_OWNED, REMOVE_OWNED, SET_COUNTER, STORE_OWNED } from './scripts/owned-scripts.ts';
import type { AccountMethods, AdapterAccount, AdapterAuthenticator, AuthenticatorMethods } from './types.ts';
import { decodeValue, encodeValue } from './values.ts';

/** What a provider hands out for its own services. Stored only where it is encrypted. */
const providerTokens = ['access_token', 'refresh_token', 'id_token', 'oauth_token', 'oauth_token_secret'];

type Kind = { readonly part: 'a' | 'w'; readonly index: 'l' | 'x' };
const accountKind: Kind = { part: 'a', index: 'l' };
const authenticatorKind: Kind = { part: 'w', index: 'x' };

interface Owned {
  readonly id: string;
  readonly userId: string;
  readonly data: object;
  readonly counter: number;
  /** Whether the user may store their own once more. */
  readonly replace: boolean;
}

export function ownedByUsers(scripts: Scripts, { keys, seal, userIdleMs }: Resolved) {
  async function store(kind: Kind, owned: Owned, taken: AuthErrorCode): Promise<void> {
    const { id, userId, data, counter, replace } = owned;
    const sealed = seal.close(encodeValue(data), `${kind.part}:${id}`);
    const args = [
      kind.part,
      kind.index,
      id,
      keys.userId(userId),
      sealed,
      counter,
      userIdleMs,
      replace ? '1' : '0',
    ];
    const outcome = textOf(await scripts.run(STORE_OWNED, [keys.key(kind.part, id)], [keys.base, ...args]));
    if (outcome === 'no-user')
      throw authError('ERR_AUTH_NO_USER', 'There is no user with this id (any more).');
    if (outcome === 'taken') throw authError(taken, 'It is linked to a user already.');
  }

  function open<T extends object>(kind: Kind, id: string, hash: ReadonlyMap<string, string>): T | null {
    const sealed = hash.get('data');
    if (sealed === undefined) return null;
    // Stored by this package under the same kind.
    return decodeValue(seal.open(sealed, `${kind.part}:${id}`)) as T;
  }

  async function read<T extends object>(kind: Kind, id: string): Promise<T | null> {
    return open<T>(kind, id, hashOf(await scripts.command('HGETALL', [keys.key(kind.part, id)])));
  }

  function withCounter(id: string, hash: ReadonlyMap<string, string>): AdapterAuthenticator | null {
    const authenticator = open<AdapterAuthenticator>(authenticatorKind, id, hash);
    return authenticator && { ...authenticator, counter: Number(hash.get('counter')) };
  }

  const accounts: AccountMethods = {
    async linkAccount(account) {
      const id = keys.accountId(account.provider, account.providerAccountId);
      const data = seal.encrypts
        ? account
        : Object.fromEntries(Object.entries(account).filter(([name]) => !providerTokens.includes(name)));
      await store(
        accountKind,
        { id, userId: account.userId, data, counter: 0, replace: true },
        'ERR_AUTH_ACCOUNT_TAKEN',
      );
      return account;
    },
    async unlinkAccount({ provider, providerAccountId }) {
      const id = keys.accountId(provider, providerAccountId);
      await scripts.run(REMOVE_OWNED, [keys.key('a', id)], [keys.base, 'a', 'l', id]);
    },
    getAccount: (providerAccountId, provider) =>
      read<AdapterAccount>(accountKind, keys.accountId(provider, providerAccountId)),
  };

  const authenticators: AuthenticatorMethods = {
    async createAuthenticator(authenticator) {
      const { credentialID, userId, counter } = authenticator;
      const id = keys.authenticatorId(credentialID);
      await store(
        authenticatorKind,
        { id, userId, data: authenticator, counter, replace: false },
        'ERR_AUTH_AUTHENTICATOR_TAKEN',
      );
      return authenticator;
    },
    async getAuthenticator(credentialID) {
      const id = keys.authenticatorId(credentialID);
      return withCounter(id, hashOf(await scripts.command('HGETALL', [keys.key('w', id)])));
    },
    async listAuthenticatorsByUserId(userId) {
      const user = keys.userId(userId);
      const reply = await scripts.run(LIST_OWNED, [keys.key('x', user)], [keys.base, 'w', 'x', user]);
      return listOf(reply).flatMap((item) => {
        const [id, hash] = listOf(item);
        return withCounter(textOf(id), hashOf(hash)) ?? [];
      });
    },
    async updateAuthenticatorCounter(credentialID, newCounter) {
      const id = keys.authenticatorId(credentialID);
      const args = [keys.base, 'w', id, newCounter];
      const updated = withCounter(id, hashOf(await scripts.run(SET_COUNTER, [keys.key('w', id)], args)));
      if (updated !== null) return updated;
      throw authError('ERR_AUTH_NO_USER', 'There is no authenticator with this id.');
    },
  };

  return { accounts, authenticators };
}
