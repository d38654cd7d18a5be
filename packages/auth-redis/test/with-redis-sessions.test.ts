import { afterAll, describe, expect, it } from 'vitest';
import { createSessionControl, inRequest, withRedisSessions } from '../src/index.ts';
import { closeAll, codeOf, DAY_MS, inMs, openStore, storeAt } from './support/stores.ts';

afterAll(closeAll);

interface Person {
  id: string;
  email: string;
  emailVerified: Date | null;
  version: number;
}

/** Users somewhere else. What it holds of sessions and tokens must never be asked. */
function somewhere() {
  const people = new Map<string, Person>();
  const never = () => {
    throw new Error('sessions are not here');
  };
  return {
    people,
    add(id: string): Person {
      const person = { id, email: `${id}@example.com`, emailVerified: null, version: 1 };
      people.set(id, person);
      return person;
    },
    base: {
      getUser: async (id: string) => structuredClone(people.get(id)) ?? null,
      getUserByEmail: async (email: string) =>
        structuredClone([...people.values()].find((person) => person.email === email)) ?? null,
      deleteUser: async (id: string) => {
        people.delete(id);
      },
      somethingElse: () => 'of the base',
      createSession: never,
      getSessionAndUser: never,
      updateSession: never,
      deleteSession: never,
      createVerificationToken: never,
      useVerificationToken: never,
    },
  };
}

async function open() {
  const store = await openStore();
  const users = somewhere();
  const adapter = withRedisSessions(users.base, store.redis, {
    ...store.options,
    stampOf: (person: Person) => String(person.version),
  });
  const signIn = async (userId: string) => {
    const sessionToken = crypto.randomUUID();
    await adapter.createSession({ sessionToken, userId, expires: inMs(DAY_MS) });
    return sessionToken;
  };
  return { store, users, adapter, signIn, control: createSessionControl(store.redis, store.options) };
}

describe('an adapter with its sessions in Redis', () => {
  it('keeps users where they were, and everything else of the base', async () => {
    const { adapter, users, signIn, store } = await open();
    const ada = users.add('ada');
    const token = await signIn('ada');
    expect(await adapter.getSessionAndUser(token)).toMatchObject({ user: ada, session: { userId: 'ada' } });
    expect(adapter.somethingElse()).toBe('of the base');
    expect((await store.dump()).filter(({ text }) => text.includes('ada@example.com'))).toEqual([]);
    await adapter.createVerificationToken({
      identifier: 'ada@example.com',
      token: 't',
      expires: inMs(DAY_MS),
    });
    expect(await adapter.useVerificationToken({ identifier: 'ada@example.com', token: 't' })).not.toBeNull();
  });

  it('has no session of a user who is gone', async () => {
    const { adapter, users, signIn } = await open();
    users.add('gone');
    const token = await signIn('gone');
    users.people.delete('gone');
    expect(await adapter.getSessionAndUser(token)).toBeNull();
  });

  it('ends sessions and tokens with the user', async () => {
    const { adapter, users, signIn, store } = await open();
    users.add('leaver');
    await signIn('leaver');
    await adapter.createVerificationToken({
      identifier: 'leaver@example.com',
      token: 't',
      expires: inMs(DAY_MS),
    });
    await adapter.deleteUser('leaver');
    const left = (await store.dump()).map(({ key }) => key);
    expect(left).toEqual([expect.stringContaining('{auth}:e:')]);
  });

  it('ends all sessions of a user when their stamp changes, without any call', async () => {
    const { adapter, users, signIn } = await open();
    const user = users.add('changed');
    const token = await signIn('changed');
    users.people.set('changed', { ...user, version: 2 });
    expect(await adapter.getSessionAndUser(token)).toBeNull();
    expect(await adapter.getSessionAndUser(await signIn('changed'))).not.toBeNull();
  });

  it('gives no session to a sign-in that began with an older stamp, or before a revocation', async () => {
    const { adapter, users, signIn, control } = await open();
    const user = users.add('racing');
    const token = await inRequest({}, async () => {
      await adapter.getUserByEmail('racing@example.com');
      users.people.set('racing', { ...user, version: 2 });
      return signIn('racing');
    });
    expect(await adapter.getSessionAndUser(token)).toBeNull();
    const refused = inRequest({}, async () => {
      await adapter.getUserByEmail('racing@example.com');
      await control.revokeAll('racing');
      return codeOf(signIn('racing'));
    });
    expect(await refused).toBe('ERR_AUTH_REVOKED');
  });

  it.each(['next-auth.session-token', 'next-auth.session-token.0'])(
    'knows no session while somebody signs in, also of a cookie by the name %s',
    async (name) => {
      const { adapter, users, signIn } = await open();
      users.add('attacker');
      const planted = await signIn('attacker');
      // What next-auth asks for is made of every such cookie; what is presented is the first alone.
      const sessionToken = name.endsWith('.0') ? null : planted;
      const facts = { sessionToken, signingIn: true };
      expect(await inRequest(facts, () => adapter.getSessionAndUser(planted))).toBeNull();
      expect(await inRequest({ sessionToken }, () => adapter.getSessionAndUser(planted))).not.toBeNull();
    },
  );

  it('asks Redis as often for an address without a user as for one that has one', async () => {
    const { users, store } = await open();
    users.add('known');
    const asked: string[] = [];
    const counted: typeof store.redis = Object.create(store.redis, {
      ready: { get: () => store.redis.ready },
      command: {
        value: (...call: Parameters<typeof store.redis.command>) => {
          asked.push(call[0]);
          return store.redis.command(...call);
        },
      },
    });
    const adapter = withRedisSessions(users.base, counted, store.options);
    await store.control.check('');
    const commandsFor = (id: string) =>
      inRequest({}, async () => {
        asked.splice(0);
        await adapter.getUserByEmail(`${id}@example.com`);
        return [...asked];
      });
    expect(await commandsFor('unknown')).toEqual(['GET']);
    expect(await commandsFor('known')).toEqual(['GET']);
  });

  it('shares its sessions with the control of the same options only', async () => {
    const { users, signIn, control, store } = await open();
    users.add('listed');
    await signIn('listed');
    expect(await control.list('listed')).toHaveLength(1);
    const other = storeAt(store.url, { ...store.options, keyPrefix: `${store.options.keyPrefix}other:` });
    expect(await other.control.list('listed')).toEqual([]);
  });
});
