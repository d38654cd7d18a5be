import { POSITION_BYTES, readPosition, writePosition } from './position.ts';
import type { Entry } from './types.ts';

/**
 * The stored form of an entry, all numbers big-endian:
 *
 *     0  magic "TBI", version 1
 *     4  epoch              16 bytes ┐
 *    20  position           16 bytes ├ what the set script compares
 *    36  began, Redis ms     8 bytes ┘
 *    44  created, Redis ms   8 bytes
 *    52  fresh for, ms       8 bytes
 *    60  keep for, ms        8 bytes
 *    68  number of tags      2 bytes, then for each: length (2 bytes), UTF-8
 *        payload             the rest
 */
const MAGIC = Buffer.from('TBI\u0001', 'latin1');
const EPOCH_AT = 4;
const EPOCH_BYTES = 16;
const POSITION_AT = EPOCH_AT + EPOCH_BYTES;
const BEGAN_AT = POSITION_AT + POSITION_BYTES;
const CREATED_AT = BEGAN_AT + 8;
const FRESH_AT = CREATED_AT + 8;
const KEEP_AT = FRESH_AT + 8;
const TAGS_AT = KEEP_AT + 8;
/** Bytes before the tags. */
export const FRAME_HEADER_BYTES = TAGS_AT + 2;

export const MAX_TAGS = 0xffff;
export const MAX_TAG_BYTES = 0xffff;

/** @throws {RangeError} for more tags, or longer ones, than the form can hold. */
export function encodeFrame(entry: Entry): Buffer {
  const tags = entry.tags.map((tag) => Buffer.from(tag, 'utf8'));
  if (tags.length > MAX_TAGS) throw new RangeError('too many tags');
  const tagBytes = tags.reduce((sum, tag) => sum + 2 + tag.length, 0);
  const frame = Buffer.allocUnsafe(FRAME_HEADER_BYTES + tagBytes + entry.payload.length);
  MAGIC.copy(frame, 0);
  frame.write(entry.stamp.epoch, EPOCH_AT, EPOCH_BYTES, 'hex');
  writePosition(frame, entry.stamp.position, POSITION_AT);
  frame.writeDoubleBE(entry.beganMs, BEGAN_AT);
  frame.writeDoubleBE(entry.createdMs, CREATED_AT);
  frame.writeDoubleBE(entry.freshForMs, FRESH_AT);
  frame.writeDoubleBE(entry.keepForMs, KEEP_AT);
  frame.writeUInt16BE(tags.length, TAGS_AT);
  let at = FRAME_HEADER_BYTES;
  for (const tag of tags) {
    if (tag.length > MAX_TAG_BYTES) throw new RangeError('tag too long');
    frame.writeUInt16BE(tag.length, at);
    tag.copy(frame, at + 2);
    at += 2 + tag.length;
  }
  entry.payload.copy(frame, at);
  return frame;
}

export type FrameHeader = Omit<Entry, 'tags' | 'payload'>;

/** Null for anything that is not the beginning of a frame of this version. Never throws. */
export function decodeHeader(frame: Buffer): FrameHeader | null {
  if (frame.length < FRAME_HEADER_BYTES || !frame.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  const header = {
    stamp: {
      epoch: frame.toString('hex', EPOCH_AT, EPOCH_AT + EPOCH_BYTES),
      position: readPosition(frame, POSITION_AT),
    },
    beganMs: frame.readDoubleBE(BEGAN_AT),
    createdMs: frame.readDoubleBE(CREATED_AT),
    freshForMs: frame.readDoubleBE(FRESH_AT),
    keepForMs: frame.readDoubleBE(KEEP_AT),
  };
  const times = [header.beganMs, header.createdMs, header.freshForMs, header.keepForMs];
  return times.every((time) => time >= 0 && Number.isFinite(time)) ? header : null;
}

/** Null for anything that is not a whole frame of this version. Never throws; the payload shares the frame's memory. */
export function decodeFrame(frame: Buffer): Entry | null {
  const header = decodeHeader(frame);
  if (header === null) return null;
  const count = frame.readUInt16BE(TAGS_AT);
  const tags: string[] = [];
  let at = FRAME_HEADER_BYTES;
  for (let i = 0; i < count; i += 1) {
    if (at + 2 > frame.length) return null;
    const end = at + 2 + frame.readUInt16BE(at);
    if (end > frame.length) return null;
    tags.push(frame.toString('utf8', at + 2, end));
    at = end;
  }
  // Named one by one: on the way of every hit, a spread costs more than all of the decoding.
  const { stamp, beganMs, createdMs, freshForMs, keepForMs } = header;
  return { stamp, beganMs, createdMs, freshForMs, keepForMs, tags, payload: frame.subarray(at) };
}
