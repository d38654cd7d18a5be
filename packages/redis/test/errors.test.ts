import { describe, expect, it } from 'vitest';
import { replyError } from '../src/errors.ts';
import { explain } from '../src/failure.ts';
import type { RedisSettings } from '../src/index.ts';

describe('the error for an answer', () => {
  it.each([
    ['WRONGTYPE Operation against a key', 'WRONGTYPE'],
    ["ERR unknown command 'canary', with args beginning with: 'canary' ", 'ERR'],
    ['ERR unknown command `canary`, with args beginning with: `canary`, ', 'ERR'],
    ['-weird', 'ERR'],
  ])('to %s has the first word and quotes nothing', (answer, reply) => {
    const error = replyError('GET', answer);
    expect(error).toMatchObject({ code: 'ERR_REDIS_REPLY', reply });
    expect(error.message).not.toContain('canary');
    expect(error.cause).toBeUndefined();
  });
});

describe('the reason why there is no connection', () => {
  const settings: RedisSettings = { mode: 'standalone', host: 'db', port: 1, db: 0 };
  const coded = (code: string) => Object.assign(new Error('canary'), { code });

  it.each([
    [coded('ECONNREFUSED'), 'not-listening'],
    [coded('ENOTFOUND'), 'unknown-host'],
    [coded('EAI_AGAIN'), 'unknown-host'],
    [coded('ETIMEDOUT'), 'unreachable'],
    [coded('SELF_SIGNED_CERT_IN_CHAIN'), 'certificate'],
    [coded('DEPTH_ZERO_SELF_SIGNED_CERT'), 'certificate'],
    [coded('ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate'],
    [coded('ERR_SSL_WRONG_VERSION_NUMBER'), 'not-tls'],
    [coded('ECONNRESET'), 'turned-away'],
    [new Error('WRONGPASS invalid username-password pair'), 'password-wrong'],
    [new Error('NOAUTH Authentication required.'), 'password-missing'],
    [new Error('ERR max number of clients reached'), 'too-many-clients'],
    [undefined, 'turned-away'],
  ] as const)('is read from %s', (error, cause) => {
    const found = explain(error, settings);
    expect(found.cause).toBe(cause);
    expect(found.sentence).not.toContain('canary');
  });
});
