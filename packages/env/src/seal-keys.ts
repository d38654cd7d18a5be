import * as z from 'zod';

const KEY = /^[A-Za-z0-9+/]{43}=$/;
const PLAIN = 'plain';

/** Keys of 32 bytes in base64, separated by commas. `plain` as the last also reads what is not encrypted. */
export const sealKeys = z.string().transform((value, context): readonly string[] => {
  const keys = value.split(',').map((key) => key.trim());
  const isRight = (key: string, i: number) =>
    KEY.test(key) || (key === PLAIN && i > 0 && i === keys.length - 1);
  if (keys.every(isRight)) return keys;
  context.addIssue({ code: 'custom', message: 'one of its keys is not 32 bytes in base64' });
  return z.NEVER;
});
