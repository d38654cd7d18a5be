/**
 * A small header as JSON and, after it, raw bytes: a form of payloads.
 *
 *     0  version            1 byte
 *     1  length of header   4 bytes, big-endian
 *     5  header             JSON
 *        sections           one after the other
 */
const VERSION = 1;
const HEADER_AT = 5;

export function joinSections(header: object, sections: readonly Uint8Array[]): Buffer {
  const json = Buffer.from(JSON.stringify(header), 'utf8');
  const start = Buffer.alloc(HEADER_AT);
  start.writeUInt8(VERSION, 0);
  start.writeUInt32BE(json.length, 1);
  return Buffer.concat([start, json, ...sections]);
}

/**
 * The sections share the payload's memory.
 * @throws when the payload is not of this version or cut off.
 */
export function splitSections(payload: Buffer): { readonly header: unknown; readonly body: Buffer } {
  if (payload.length < HEADER_AT || payload[0] !== VERSION) throw new TypeError('payload of another version');
  const bodyAt = HEADER_AT + payload.readUInt32BE(1);
  if (bodyAt > payload.length) throw new TypeError('payload cut off');
  const header: unknown = JSON.parse(payload.toString('utf8', HEADER_AT, bodyAt));
  return { header, body: payload.subarray(bodyAt) };
}
