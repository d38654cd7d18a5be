import fc from 'fast-check';
import type { AppPageValue, HandlerValue } from '../../src/next-types.ts';

const buffer = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
/** Any text, well-formed or not. */
const text = fc.string({
  unit: fc.oneof(fc.constantFrom('é', '漢', '🙂', '\ud800', '\udc00', '"', '\n'), fc.string()),
});
const headers = fc.dictionary(text, fc.oneof(text, fc.array(text), fc.integer()), { noNullPrototype: true });
const json = fc
  .dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true })
  .map((value) => toJson(value));
const status = fc.option(fc.integer({ min: 200, max: 599 }), { nil: undefined });

const toJson = (value: object): object => JSON.parse(JSON.stringify(value));

/** Every kind of value that Next hands over, with every optional field missing or there. */
export const anyValue: fc.Arbitrary<HandlerValue> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('APP_PAGE' as const),
      html: text,
      rscData: buffer,
      segmentData: fc.array(fc.tuple(text, buffer)).map((pairs) => new Map(pairs)),
      postponed: text,
      headers,
      status,
    },
    { requiredKeys: ['kind', 'html'], noNullPrototype: true },
  ),
  fc.record(
    { kind: fc.constant('APP_ROUTE' as const), body: buffer, status: fc.nat(599), headers },
    { noNullPrototype: true },
  ),
  fc.record(
    { kind: fc.constant('PAGES' as const), html: text, pageData: json, headers, status },
    { requiredKeys: ['kind', 'html', 'pageData'], noNullPrototype: true },
  ),
  fc.record({ kind: fc.constant('REDIRECT' as const), props: json }, { noNullPrototype: true }),
  fc.record(
    {
      kind: fc.constant('IMAGE' as const),
      buffer,
      etag: text,
      upstreamEtag: text,
      extension: text,
      revalidate: fc.nat(),
    },
    { noNullPrototype: true },
  ),
  fc.record(
    {
      kind: fc.constant('FETCH' as const),
      data: fc.record(
        {
          headers: fc.dictionary(text, text, { noNullPrototype: true }),
          body: fc.oneof(
            buffer.map((bytes) => bytes.toString('base64')),
            text,
          ),
          url: text,
          status,
        },
        { requiredKeys: ['headers', 'body', 'url'], noNullPrototype: true },
      ),
      tags: fc.array(text),
      revalidate: fc.nat(),
    },
    { requiredKeys: ['kind', 'data', 'revalidate'], noNullPrototype: true },
  ),
  fc.constant(null),
);

export const anyCacheControl = fc.option(
  fc.record(
    { revalidate: fc.oneof(fc.nat(), fc.constant(false as const)), expire: fc.nat() },
    { requiredKeys: ['revalidate'], noNullPrototype: true },
  ),
  { nil: undefined },
);

export function page(html: string, tags = '', more: Partial<AppPageValue> = {}): AppPageValue {
  return { kind: 'APP_PAGE', html, headers: { 'x-next-cache-tags': tags }, status: 200, ...more };
}
