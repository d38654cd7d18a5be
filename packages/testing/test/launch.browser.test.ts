import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { findFreePort, launchBrowser } from '../src/index.ts';

test('Chromium opens a page of this machine', async () => {
  const port = await findFreePort();
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<title>Reports</title>');
  }).listen(port, '127.0.0.1');
  const browser = await launchBrowser();
  try {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`http://127.0.0.1:${port}`);
    expect(await page.title()).toBe('Reports');
  } finally {
    await browser.close();
    server.close();
  }
});
