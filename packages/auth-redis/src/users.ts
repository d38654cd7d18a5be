import { randomUUID } from 'node:crypto';
import type { RedisReply } from '@tbi/redis';
import type { Scripts } from './connect.ts';
import { authError } from './errors.ts';
import type { Resolved } from './options.ts';
import { hashOf, listOf, textOf } from './replies.ts';
import { currentRequest } from './request-scope.ts';
import { CREATE_USER, DELETE_USER, READ_USER, UPDATE_USER } from './scripts/user-scripts.ts';
import { newEpoch } from './sessions.ts';
import type { AdapterUser, UserMethods } from './types.ts';
import { openFields, sealFields } from './values.ts';

export interface Users extends UserMethods {
  /** A user from their stored fields; null: there are none. @param own The id that is part of the key. */
  open(fields: ReadonlyMap<string, string>, own: string): AdapterUser | null;
}

export function createUsers(scripts: Scripts, { keys, seal, keepMs, userIdleMs }: Resolved): Users {
  const fieldsOf = (record: object, own: string) => sealFields(record, `u:${own}`, seal);

  function open(fields: ReadonlyMap<string, string>, own: string): AdapterUser | null {
    if (fields.size === 0) return null;
    // Stored by `createUser`, which takes a user.
    return openFields(fields, `u:${own}`, seal) as unknown as AdapterUser;
  }

  async function read(by: 'u' | 'm' | 'a', id: string): Promise<AdapterUser | null> {
    const reply = listOf(await scripts.run(READ_USER, [keys.key(by, id)], [keys.base, by, id]));
    if (reply.length === 0) return null;
    const user = open(hashOf(reply[2]), textOf(reply[0]));
    if (user !== null) markSignIn(user, reply[1]);
    return user;
  }

  return {
    open,

    async createUser({ id: givenId, ...properties }) {
      const user = { ...properties, id: givenId || randomUUID() };
      const own = keys.userId(user.id);
      const mail = user.email ? keys.emailId(user.email) : '';
      const args = [keys.base, own, mail, userIdleMs, ...fieldsOf(user, own)];
      refuse(textOf(await scripts.run(CREATE_USER, [keys.key('u', own)], args)));
      return user;
    },

    getUser: (id) => read('u', keys.userId(id)),
    getUserByEmail: (email) => read('m', keys.emailId(email)),
    getUserByAccount: ({ provider, providerAccountId }) =>
      read('a', keys.accountId(provider, providerAccountId)),

    /** Only what is given changes; `undefined` is not given. */
    async updateUser({ id, ...changes }) {
      const own = keys.userId(id);
      const { email } = changes;
      const mail = email === undefined ? '=' : email ? keys.emailId(email) : '';
      const args = [keys.base, own, mail, userIdleMs, ...fieldsOf({ ...changes, id }, own)];
      const reply = listOf(await scripts.run(UPDATE_USER, [keys.key('u', own)], args));
      refuse(textOf(reply[0]));
      const user = open(hashOf(reply[2]), own);
      if (user === null) throw refusals['no-user']();
      markSignIn(user, reply[1]);
      return user;
    },

    async deleteUser(id) {
      const own = keys.userId(id);
      const args = [keys.base, own, newEpoch(), keepMs, ''];
      return open(hashOf(await scripts.run(DELETE_USER, [keys.key('u', own)], args)), own);
    },
  };
}

/** A session of this request may only begin in the epoch in which its user was looked up first. */
function markSignIn({ id }: AdapterUser, epoch: RedisReply | undefined): void {
  const marks = currentRequest()?.marks;
  if (marks !== undefined && !marks.has(id)) marks.set(id, { epoch: textOf(epoch), stamp: '' });
}

const refusals = {
  exists: () => authError('ERR_AUTH_USER_EXISTS', 'There is a user with this id already.'),
  'email-taken': () => authError('ERR_AUTH_EMAIL_TAKEN', 'There is a user with this e-mail address already.'),
  'no-user': () => authError('ERR_AUTH_NO_USER', 'There is no user with this id (any more).'),
};

/** @throws What the outcome stands for, unless it is a success. */
function refuse(outcome: string): void {
  if (Object.hasOwn(refusals, outcome)) throw refusals[outcome as keyof typeof refusals]();
}
