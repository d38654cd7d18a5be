/**
 * A position in the invalidation log: a Redis stream id `ms-seq` as one 128-bit integer, so that two
 * positions compare with `<`. It is Redis's own clock; process clocks are never compared with it.
 */
export type Position = bigint;

const SEQ_BITS = 64n;
const SEQ_MASK = (1n << SEQ_BITS) - 1n;
export const POSITION_BYTES = 16;

/** Before every record. */
export const ZERO: Position = 0n;

/** @throws {TypeError} when the text is not a stream id. */
export function parsePosition(streamId: string): Position {
  const match = /^(\d{1,20})-(\d{1,20})$/.exec(streamId);
  if (match === null) throw new TypeError('not a stream id');
  return (BigInt(match[1] as string) << SEQ_BITS) | BigInt(match[2] as string);
}

export function formatPosition(position: Position): string {
  return `${position >> SEQ_BITS}-${position & SEQ_MASK}`;
}

/** Milliseconds since 1970 of Redis's clock at which the record was appended. */
export function positionMs(position: Position): number {
  return Number(position >> SEQ_BITS);
}

export function positionAt(ms: number, seq = 0n): Position {
  return (BigInt(Math.floor(ms)) << SEQ_BITS) | seq;
}

export function writePosition(target: Buffer, position: Position, offset: number): void {
  target.writeBigUInt64BE(position >> SEQ_BITS, offset);
  target.writeBigUInt64BE(position & SEQ_MASK, offset + 8);
}

export function readPosition(source: Buffer, offset: number): Position {
  return (source.readBigUInt64BE(offset) << SEQ_BITS) | source.readBigUInt64BE(offset + 8);
}

export function maxPosition(a: Position, b: Position): Position {
  return a > b ? a : b;
}
