import { parseHttpDate } from './http-date.ts';

export interface Received {
  readonly headers: Headers;
  /** When the handler was called, and when it had answered; local time, ms since 1970. */
  readonly requestedAtMs: number;
  readonly receivedAtMs: number;
}

/**
 * How old a response was when it arrived, in seconds: `corrected_initial_age` of RFC 9111 §4.2.3. The time that the
 * handler took counts only when the response came through another cache: otherwise the handler is its origin.
 */
export function initialAgeS({ headers, requestedAtMs, receivedAtMs }: Received): number {
  const dateMs = parseHttpDate(headers.get('date'), receivedAtMs) ?? receivedAtMs;
  const apparentAgeS = Math.max(0, Math.floor((receivedAtMs - dateMs) / 1000));
  const ageS = parseAge(headers.get('age'));
  if (ageS === null) return apparentAgeS;
  return Math.max(apparentAgeS, ageS + (receivedAtMs - requestedAtMs) / 1000);
}

/** Of several values the first counts; what is not a whole number is ignored (RFC 9111 §5.1). */
function parseAge(field: string | null): number | null {
  const first = field?.split(',', 1)[0]?.trim();
  return first !== undefined && /^\d+$/.test(first) ? Number(first) : null;
}
