import { readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { HandlerValue, ResponseGetContext, ResponseHeaders } from '../next-types.ts';
import { tagsIn } from '../tags.ts';
import { keepNamedData } from './resume-data.ts';

/** A prerendered response as the build left it. */
export interface SeedFile {
  readonly value: HandlerValue;
  /** When the file was written, by the clock of the machine that built: ms since 1970. */
  readonly writtenAtMs: number;
}

interface Meta {
  readonly status?: number;
  readonly headers?: ResponseHeaders;
  readonly postponed?: string;
  readonly segmentPaths?: readonly string[];
  /** Which cache key this file answers (Next ≥ 15.5.27 and ≥ 16.3.8). */
  readonly routeCache?: { readonly key: string; readonly isFallback: boolean };
}

/** `/route-cache/APP_PAGE/<digest of the route>/$/about` is prerendered as `/about`. */
const RESPONSE_KEY = /^\/route-cache\/[A-Z_]+\/[0-9a-f]{64}\/\$(\/.*)$/s;

/** The path that the build wrote a response's files under; undefined for keys of another form. */
export function seedPathOf(key: string): string | undefined {
  return RESPONSE_KEY.exec(key)?.[1];
}

/** Reads a prerendered response. Null when the build has none for exactly this key and kind of request. */
export async function readSeedFile(
  serverDistDir: string,
  key: string,
  context: ResponseGetContext,
): Promise<SeedFile | null> {
  const path = seedPathOf(key);
  if (path === undefined || context.kind === 'IMAGE') return null;
  const root = join(serverDistDir, context.kind === 'PAGES' ? 'pages' : 'app');
  const base = join(root, path);
  if (!base.startsWith(root + sep)) return null;
  try {
    const meta = JSON.parse(await readFile(`${base}.meta`, 'utf8')) as Meta;
    if (meta.routeCache?.key !== key || meta.routeCache.isFallback !== Boolean(context.isFallback))
      return null;
    const main = `${base}${context.kind === 'APP_ROUTE' ? '.body' : '.html'}`;
    const [bytes, { mtimeMs }] = await Promise.all([readFile(main), stat(main)]);
    return { value: await assemble(context, base, bytes, meta), writtenAtMs: mtimeMs };
  } catch {
    // Not prerendered, or cut off: rendering it is always right.
    return null;
  }
}

async function assemble(
  { kind }: ResponseGetContext,
  base: string,
  bytes: Buffer,
  meta: Meta,
): Promise<HandlerValue> {
  const { status, headers, segmentPaths, routeCache } = meta;
  if (kind === 'APP_ROUTE') {
    return { kind, body: bytes, status: status ?? 200, headers: headers ?? {} };
  }
  const html = bytes.toString('utf8');
  if (kind === 'PAGES') {
    const pageData = routeCache?.isFallback ? {} : JSON.parse(await readFile(`${base}.json`, 'utf8'));
    return { kind, html, pageData, headers, status };
  }
  const postponed = routeCache?.isFallback ? ownShell(meta) : meta.postponed;
  // A shell has no navigation data of its own.
  const rscData = postponed === undefined ? await readFile(`${base}.rsc`) : undefined;
  const segmentData = segmentPaths && (await readSegments(base, segmentPaths));
  return { kind: 'APP_PAGE', html, rscData, segmentData, postponed, headers, status };
}

function ownShell({ postponed, headers }: Meta): string | undefined {
  const tags = new Set(tagsIn(headers));
  return postponed === undefined ? undefined : keepNamedData(postponed, tags);
}

async function readSegments(base: string, paths: readonly string[]): Promise<Map<string, Buffer>> {
  const segments = await Promise.all(
    paths.map(async (path) => [path, await readFile(`${base}.segments${path}.segment.rsc`)] as const),
  );
  return new Map(segments);
}
