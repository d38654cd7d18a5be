import { describe, expect, it } from 'vitest';
import { type AuthRedisOptions, addressPrefix, addressToCount, describeBrowser } from '../src/index.ts';
import { resolveOptions } from '../src/options.ts';
import { createSeal } from '../src/seal.ts';

const problemOf = (options: AuthRedisOptions) => {
  try {
    resolveOptions(options);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no problem';
};

describe('options that cannot be used', () => {
  it('are named, without secrets', () => {
    const message = problemOf({ encryptionKeys: ['canary-too-short'] });
    expect(message).toContain('openssl rand -base64 32');
    expect(message).not.toContain('canary');
    expect(problemOf({ encryptionKeys: ['plain', Buffer.alloc(32).toString('base64')] })).toContain(
      '32 bytes',
    );
    expect(problemOf({ maxAgeMs: 0 })).toContain('maxAgeMs');
    expect(problemOf({ maxSessionsPerUser: 1.5 })).toContain('maxSessionsPerUser');
    expect(problemOf({ userIdleMs: 5 })).toContain('userIdleMs');
    expect(problemOf({ updateAgeMs: 0, seenEveryMs: 0 })).toBe('no problem');
  });
});

describe('a seal', () => {
  const seal = createSeal([Buffer.alloc(32, 1).toString('base64')]);

  it('opens at its own place only, and not when one bit was changed', () => {
    const sealed = seal.close('text', 'here');
    expect(seal.open(sealed, 'here')).toBe('text');
    expect(() => seal.open(sealed, 'there')).toThrow(/cannot be opened/);
    const [id = '', body = ''] = sealed.split('.');
    const bytes = Buffer.from(body, 'base64url');
    bytes[15] = (bytes[15] ?? 0) ^ 1;
    expect(() => seal.open(`${id}.${bytes.toString('base64url')}`, 'here')).toThrow(/cannot be opened/);
    for (const broken of ['', 'p.text', '.', `${id}.`, `${id}.AAAA`]) {
      expect(() => seal.open(broken, 'here'), broken).toThrow(/cannot be opened/);
    }
  });

  it('never looks the same twice', () => {
    expect(seal.close('text', 'here')).not.toBe(seal.close('text', 'here'));
  });
});

describe('what a list says of a client', () => {
  it.each([
    ['203.0.113.77', '203.0.113.0/24'],
    ['::ffff:203.0.113.77', '203.0.113.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['fe80::1%eth0', 'fe80::/48'],
    ['::1', '::/48'],
    ['unknown', null],
    ['', null],
    ['203.0.113.77, 10.0.0.1', null],
  ])('of %j is the network %j', (address, prefix) => {
    expect(addressPrefix(address)).toBe(prefix);
  });

  it.each([
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
      'Safari on macOS',
    ],
    ['', null],
    ['\u0000'.repeat(10_000), null],
  ])('of the header %j is the browser %j', (userAgent, browser) => {
    expect(describeBrowser(userAgent)).toBe(browser);
  });
});

describe('attempts are counted for what one visitor has', () => {
  it.each([
    ['203.0.113.77', '203.0.113.77'],
    ['::ffff:203.0.113.77', '203.0.113.77'],
    ['::FFFF:cb00:714d', '203.0.113.77'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
    ['2001:DB8:1:2:ffff::', '2001:db8:1:2::'],
    ['2001:db8:1:3::1', '2001:db8:1:3::'],
    ['fe80::1%eth0', 'fe80::'],
    ['unknown', 'unknown'],
    ['', ''],
  ])('of %j it is %j', (address, counted) => {
    expect(addressToCount(address)).toBe(counted);
    expect(addressPrefix(counted)).toBe(addressPrefix(address));
  });
});
