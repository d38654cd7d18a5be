import * as z from 'zod';

/** Any text; surrounding white space, which is never meant, is removed. */
export const text = z.string().trim().min(1);

/** A secret, exactly as it is written: white space may be part of it. */
export const secret = z.string().min(1);

/** A whole number in decimal notation, from `min` to `max` inclusive. */
export function wholeNumber(min: number, max: number) {
  return z.string().trim().regex(/^\d+$/).transform(Number).pipe(z.number().int().min(min).max(max));
}

/** `true` or `false`, also as `1` and `0`, `yes` and `no`, `on` and `off`. */
export const flag = z.stringbool({
  truthy: ['true', '1', 'yes', 'on'],
  falsy: ['false', '0', 'no', 'off'],
});

/** An absolute URL with one of these schemes (`https:`), kept as text. */
export function urlWithScheme(...schemes: readonly string[]) {
  return z
    .string()
    .trim()
    .refine((value) => schemes.includes(parseUrl(value)?.protocol ?? ''));
}

/** Begins every key, so it must be recognisable and must not read as a pattern. */
export const keyPrefix = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9:._-]{1,64}$/);

/** `URL.parse` without its minimum version of Node. */
export function parseUrl(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null;
}
