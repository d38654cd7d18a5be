import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { migrate } from '@tbi/database/migrate';
import { seed } from '@tbi/database/seed';
import {
  type Browser,
  buildNext,
  cleanEnv,
  type NextServer,
  type Page,
  sharedDatabase,
  startNext,
} from '@tbi/testing';
import { buildSeed } from '../../../../prisma/seed/index.ts';

const app = join(import.meta.dirname, '..', '..');
/** What `buildSite` made, to be run or deployed. */
export const standalone = join(app, '.next', 'standalone');
const root = join(app, '..', '..');

/** What the site is made of, besides itself. */
const parts = readdirSync(join(root, 'packages')).filter((name) => name !== 'testing');

export const administrator = { email: 'desk@example.com', password: 'a password for tests only' };

/** Where the build reads: a SQLite file of the tests' own, so that nobody's edits in development matter. */
const buildDatabase = `file:${join(root, '.data', 'test-build.sqlite')}`;

/** The same for a build and for every process that uses its prerendered pages. */
export const common = {
  NEXTAUTH_URL: 'http://localhost:3000',
  NEXTAUTH_SECRET: 'a secret for tests, of no use elsewhere',
};

/**
 * Builds the site, unless nothing that it is made of has changed. The environment is that of production, where
 * neither Redis nor MySQL is there: the build fails if it connects to one of them.
 */
export async function buildSite(): Promise<void> {
  const handlers = join(root, 'packages', 'next-cache-handler');
  await promisify(execFile)(process.execPath, ['scripts/build.mjs'], { cwd: handlers });
  await migrate(buildDatabase);
  await seed(buildDatabase, buildSeed());
  await buildNext({
    dir: app,
    env: { ...common, BUILD_DATABASE_URL: buildDatabase },
    inputs: [join(root, 'prisma'), ...parts.map((name) => join(root, 'packages', name, 'src'))],
    command: ['--import', 'tsx', 'test/support/build-beside-trap.ts'],
  });
}

/**
 * Builds the site once more, as for the next release, into a folder of the caller's own. What `buildSite` made is there
 * again afterwards.
 *
 * @returns The standalone output.
 */
export async function buildNextRelease(folder: string): Promise<string> {
  const [output, aside] = [join(app, '.next'), join(app, '.next-aside')];
  await rm(aside, { recursive: true, force: true });
  await rename(output, aside);
  try {
    await cp(join(aside, 'cache'), join(output, 'cache'), { recursive: true }).catch(() => {});
    await promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], {
      cwd: app,
      env: cleanEnv({ NODE_ENV: 'production', ...common, BUILD_DATABASE_URL: buildDatabase }),
      maxBuffer: 64 * 1024 * 1024,
    });
    await cp(join(output, 'standalone'), folder, { recursive: true, verbatimSymlinks: true });
    return folder;
  } finally {
    await rm(output, { recursive: true, force: true });
    await rename(aside, output);
  }
}

/**
 * The URL of a MariaDB database with the catalogue and an administrator, of the caller's own.
 *
 * @param empty Fills this one. Default: a new one on the server that tests share.
 */
export async function seededDatabase(empty?: string): Promise<string> {
  const url = empty ?? (await sharedDatabase());
  await migrate(url);
  await seed(url, buildSeed(), { administrator });
  return url;
}

export interface SiteEnvironment {
  readonly databaseUrl: string;
  /** Unset: the cache in memory. */
  readonly redis?: { readonly variables: Readonly<Record<string, string>> };
  readonly keyPrefix?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** Whether results of queries are cached. Default: as the site's. */
  readonly queryCache?: boolean;
  /** Further variables. */
  readonly env?: Readonly<Record<string, string>>;
}

export function startSite({
  databaseUrl,
  redis,
  keyPrefix,
  port,
  queryCache,
  env = {},
}: SiteEnvironment): Promise<NextServer> {
  return startNext({
    dir: app,
    ...(port === undefined ? {} : { port }),
    serverFile: join(standalone, 'apps', 'web', 'serve.mjs'),
    env: {
      ...common,
      DATABASE_URL: databaseUrl,
      ...redis?.variables,
      ...(keyPrefix === undefined ? {} : { REDIS_KEY_PREFIX: keyPrefix }),
      ...(queryCache === undefined ? {} : { ENABLE_PRISMA_CACHE: String(queryCache) }),
      ...env,
    },
  });
}

export interface Answer {
  readonly status: number;
  /** `x-nextjs-cache`: HIT, STALE, MISS; null for what is not served from the page cache. */
  readonly cache: string | null;
  readonly html: string;
  readonly tookMs: number;
}

export async function visit(site: NextServer, path: string): Promise<Answer> {
  const startedMs = performance.now();
  const response = await site.fetch(path);
  const html = await response.text();
  const cache = response.headers.get('x-nextjs-cache');
  return { status: response.status, cache, html, tookMs: performance.now() - startedMs };
}

/** Signs the administrator in, in a fresh profile, and leaves them at the editor's desk. */
export async function openDesk(browser: Browser, site: Pick<NextServer, 'url'>): Promise<Page> {
  // Behind Nginx the certificate is the test's own.
  const context = await browser.newContext({ locale: 'en-US', ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await page.goto(`${site.url}/en/sign-in?callbackUrl=/en/admin`);
  await page.getByLabel('E-mail address').fill(administrator.email);
  await page.getByLabel('Password').fill(administrator.password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Editorial desk' }).waitFor();
  return page;
}

export interface Edit {
  /** In English. */
  readonly title?: string;
  /** US dollars, single user. */
  readonly price?: string;
}

/** Opens the report whose title begins so at the editor's desk, changes it, and waits until it is saved. */
export async function editReport(
  desk: Page,
  site: Pick<NextServer, 'url'>,
  title: string,
  edit: Edit,
): Promise<void> {
  await desk.goto(`${site.url}/en/admin?q=${encodeURIComponent(title)}`);
  await desk
    .getByRole('link', { name: `Edit ${title}` })
    .first()
    .click();
  if (edit.title !== undefined) await desk.getByLabel('Title (English)').fill(edit.title);
  if (edit.price !== undefined) await desk.getByLabel('Single user').fill(edit.price);
  await desk.getByRole('button', { name: 'Save changes' }).click();
  await desk.getByText('Saved. Every page that shows this report is up to date.').waitFor();
}
