import { describe, expect, it } from 'vitest';
import { emailAddress } from '../src/server/auth/email-address.ts';

describe('an address that a link is sent to', () => {
  it('is in lower case and without spaces around it', () => {
    expect(emailAddress.parse(' Somebody@Example.COM ')).toBe('somebody@example.com');
  });

  it.each([
    'victim@gmaíl.com',
    'víctim@gmail.com',
    '\u212aim@example.com',
    'one@example.com,two@example.com',
    'one@example.com two@example.com',
    '"one@example.com"@example.org',
    'one@example.com\r\nBcc: two@example.com',
    'victim\u200d@gmail.com',
    '',
    `${'a'.repeat(190)}@example.com`,
  ])('is not %j', (text) => {
    expect(emailAddress.safeParse(text).success).toBe(false);
  });
});
