import { type Browser, chromium } from 'playwright-core';
import { CHROMIUM } from '../programs/catalogue.ts';
import { findProgram } from '../programs/find-program.ts';
import { describeMissing } from '../programs/source.ts';

/** The path of an installed Chromium or Chrome. Rejects with the commands to type when there is none. */
export async function findChromium(): Promise<string> {
  const path = await findProgram(CHROMIUM.programs);
  if (path === null) throw new Error(describeMissing(CHROMIUM));
  return path;
}

/**
 * Launches the machine's Chromium without a window. `browser.newContext()` gives each test a fresh profile;
 * the caller closes the browser.
 */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    args: [
      // The sandbox cannot be set up by root, as in most containers.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-dev-shm-usage',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}
