import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRequest } from '../src/index.ts';
import {
  closeAll,
  codeOf,
  DAY_MS,
  inMs,
  isIn,
  newUser,
  openStore,
  type Store,
  signIn,
  storeAt,
} from './support/stores.ts';

/** Two connections to one store: calls of one are not in the order of the other. */
let a: Store;
let b: Store;
beforeAll(async () => {
  a = await openStore();
  b = storeAt(a.url, a.options);
});
afterAll(closeAll);

const stores = () => [a, b] as const;
const times = (count: number) => Array.from({ length: count }, (_, i) => i);
const either = (i: number) => stores()[i % 2] ?? a;
const succeeded = (outcomes: PromiseSettledResult<unknown>[]) =>
  outcomes.filter(({ status }) => status === 'fulfilled').length;

describe('in a race', () => {
  it('one verification token works exactly once under a hundred parallel tries', async () => {
    const identifier = 'race@example.com';
    for (const round of times(5)) {
      const token = `race-${round}`;
      await a.adapter.createVerificationToken({ identifier, token, expires: inMs(DAY_MS) });
      const tries = times(100).map((i) => either(i).adapter.useVerificationToken({ identifier, token }));
      expect((await Promise.all(tries)).filter((used) => used !== null)).toHaveLength(1);
    }
  });

  it('one address gets one user', async () => {
    const create = (i: number) =>
      either(i).adapter.createUser({ email: 'one@example.com', emailVerified: null });
    expect(succeeded(await Promise.allSettled(times(50).map(create)))).toBe(1);
  });

  it('two users who move to one address: one does', async () => {
    const [one, other] = [await newUser(a), await newUser(a)];
    const email = 'wanted@example.com';
    const moves = [one, other].map(({ id }, i) => either(i).adapter.updateUser({ id, email }));
    expect(succeeded(await Promise.allSettled(moves))).toBe(1);
  });

  it('one account gets one user', async () => {
    const users = await Promise.all(times(20).map(() => newUser(a)));
    const link = ({ id }: { id: string }, i: number) =>
      either(i).adapter.linkAccount({
        userId: id,
        type: 'oauth',
        provider: 'p',
        providerAccountId: 'shared',
      });
    expect(succeeded(await Promise.allSettled(users.map(link)))).toBe(1);
  });

  it('concurrent updates of one user lose no field', async () => {
    const user = await newUser(a);
    const names = times(40).map((i) => `property${i}`);
    await Promise.all(names.map((name, i) => either(i).adapter.updateUser({ id: user.id, [name]: i })));
    const expected = Object.fromEntries(names.map((name, i) => [name, i]));
    expect(await a.adapter.getUser(user.id)).toEqual({ ...user, ...expected });
  });

  it('a session that is refreshed and updated while it is deleted stays deleted', async () => {
    const user = await newUser(a);
    const eager = storeAt(a.url, { ...a.options, updateAgeMs: 0 });
    for (const _ of times(30)) {
      const token = await signIn(a, user.id);
      const refresh = () =>
        inRequest({ canSetCookies: true }, () =>
          eager.adapter.updateSession({ sessionToken: token, expires: inMs(DAY_MS) }),
        );
      await Promise.all([
        refresh(),
        refresh(),
        b.adapter.deleteSession(token),
        refresh(),
        eager.control.refresh(token),
      ]);
      expect(await isIn(a, token)).toBe(false);
    }
    expect(await a.control.list(user.id)).toEqual([]);
  });

  it('a user who is updated while they are deleted stays deleted', async () => {
    for (const _ of times(20)) {
      const user = await newUser(a);
      await Promise.allSettled([
        a.adapter.updateUser({ id: user.id, name: 'x' }),
        b.adapter.deleteUser(user.id),
        a.adapter.updateUser({ id: user.id, name: 'y' }),
        signIn(a, user.id),
      ]);
      expect(await a.adapter.getUser(user.id)).toBeNull();
      expect(await a.adapter.getUserByEmail(user.email)).toBeNull();
      expect(await a.control.list(user.id)).toEqual([]);
    }
  });

  it('a sign-in that began before all sessions were revoked gets none', async () => {
    const user = await newUser(a);
    const begun = inRequest({}, async () => {
      await a.adapter.getUserByEmail(user.email);
      await b.control.revokeAll(user.id);
      return codeOf(signIn(a, user.id));
    });
    expect(await begun).toBe('ERR_AUTH_REVOKED');
    const marked = inRequest({}, async () => {
      await a.control.markSignIn(user.id);
      await b.control.revokeOthers(user.id, 'none');
      return codeOf(signIn(a, user.id));
    });
    expect(await marked).toBe('ERR_AUTH_REVOKED');
    expect(await isIn(a, await signIn(a, user.id))).toBe(true);
  });

  it('a session that outlives a revocation had its user looked up after that was sent', async () => {
    const user = await newUser(a);
    let refused = 0;
    for (const _ of times(30)) {
      const attempt = (i: number) =>
        inRequest({}, async () => {
          await either(i).adapter.getUser(user.id);
          const lookedUpAtMs = performance.now();
          return { lookedUpAtMs, token: await signIn(either(i), user.id) };
        });
      const attempts = times(6).map(attempt);
      const revokedAtMs = performance.now();
      const more = times(6).map(attempt);
      const [outcomes] = await Promise.all([
        Promise.allSettled([...attempts, ...more]),
        b.control.revokeAll(user.id),
      ]);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') refused += 1;
        else if (await isIn(a, outcome.value.token))
          expect(outcome.value.lookedUpAtMs).toBeGreaterThan(revokedAtMs);
      }
    }
    expect(refused).toBeGreaterThan(0);
  });

  it('no more devices than the cap, however many sign in at once', async () => {
    const capped = storeAt(a.url, { ...a.options, maxSessionsPerUser: 5 });
    const user = await newUser(capped);
    const tokens = await Promise.all(times(40).map(() => signIn(capped, user.id)));
    const alive = await Promise.all(tokens.map((token) => isIn(capped, token)));
    expect(alive.filter(Boolean)).toHaveLength(5);
    expect(await capped.control.list(user.id)).toHaveLength(5);
  });
});
