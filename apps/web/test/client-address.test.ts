import { describe, expect, it } from 'vitest';
import { addressOf } from '../src/server/client-address.ts';

describe('the address by which a visitor’s attempts are counted', () => {
  it('is the last of the list, which the nearest proxy has seen itself', () => {
    expect(addressOf('198.51.100.1, 203.0.113.7')).toBe('203.0.113.7');
    expect(addressOf(null)).toBe('unknown');
    expect(addressOf('')).toBe('unknown');
  });

  it('is one for all that a visitor has of IPv6, and another for the neighbour', () => {
    const one = addressOf('2001:db8:1:2::1');
    expect(addressOf('2001:db8:1:2:ffff:ffff:ffff:ffff')).toBe(one);
    expect(addressOf('2001:db8:1:3::1')).not.toBe(one);
  });

  it('is the same for IPv4 in either form', () => {
    expect(addressOf('::ffff:203.0.113.7')).toBe('203.0.113.7');
  });
});
